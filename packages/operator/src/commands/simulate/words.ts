/** What `smc simulate --help` says besides the options. */
export const SIMULATE_WORDS = `
Try it in a minute, with invented people:
  npm run smc -- example cases cases.ndjson.gz --cases 100000
  npm run smc -- simulate --demarcation packages/example/demarcation/2026-01 --cases cases.ndjson.gz

Cases: NDJSON as for intake import, or CSV with the same names in its header (separated by , ; or
tab; several groups in a cell with spaces between); gzip is seen by itself; - reads stdin. A line
names the client by "bsn", or by "clientKey" and "bsnSuffix". A BSN becomes a client key at once,
with SMC_CLIENT_KEY_SECRET where it is set (the keys are then those of the live system, and so is how
a postcode that several teams share is split), else with a secret that is thrown away.

The rules are those of the router, and so are the decisions. An office that divides by workload
answers at once here; live, clients who come in at the same moment may be counted in another order.

Figures:
  diversity         evenness of a team's cases over law x product: -sum(p ln p) / ln n, with p the
                    share of each kind and n the number of kinds in the file; 0 one kind, 1 all alike
  spread            the same over the regular teams of an office, of the clients of four digits of
                    postcode; neighbourhoods with at least as many clients as the office has teams,
                    weighing as many as their clients; 0 all with one team, 1 evenly over all
  partner pairs     different combinations of SMC team, Uitkeren unit (district) and Werkbedrijf
                    office, by the basis of the team's office; fewer is simpler
  load              weighted open cases at the end of the file; load per hour divides by the hours a
                    week on the last day; under, within or over the band of the team
  teams per journey different teams that one client meets in one journey
  meerwettig        regular teams for all laws but the PW, and for all lines
  ZW alone          teams, PW excepted, all of whose cases are of the ZW (alarm)
  Cases registered = assigned + parked + refused + repeated + waiting (0).
`;

/** "Geen aanwijsbare invloed op tijdigheid en/of kwaliteit van de dienstverlening" (A11). */
export const NO_CLAIM =
  'These figures say who would help whom. They say nothing of how well or how timely: no ' +
  'influence of the demarcation on timeliness or quality has been shown (A11).';
