/**
 * KEYS: the hash `standing`. ARGV: the version that is expected, then commands, each as the number
 * of its words and its words. Answers 1, or 0 when the namespace stands elsewhere.
 *
 * The version is compared before anything is written, and Redis refuses a script that may not write
 * (out of memory, read-only) at its first write: so it is all or nothing.
 */
export const APPLY_SCRIPT = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
local at = 2
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return 1
`;

/**
 * KEYS: the hash `standing` of a namespace, the pointer, the set of namespaces. ARGV: its name.
 * Answers the other namespaces, or false when this one no longer exists.
 */
export const PUBLISH_SCRIPT = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
redis.call('SET', KEYS[2], ARGV[1])
local others = {}
for _, name in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  if name ~= ARGV[1] then table.insert(others, name) end
end
return others
`;
