import { must, type ClientKey, type ClientState } from '@smc/domain';
import type { Codec } from '@smc/events';
import { ByteStore } from '@smc/router';
import { ClientMarks } from './client-marks.ts';
import type { Codes } from './codes.ts';

export type KnownClient = { readonly state: ClientState; readonly marks: ClientMarks };

const STATE = ['ClientState'] as const;
const HEAD_BYTES = 4;

/**
 * Every client of a simulation, packed: the marks, and the very bytes that the router keeps. Memory
 * follows the number of clients; what is kept of their cases has the router's own bounds.
 *
 *   | names counted | teams in journey | their numbers, 16 bits each | state as on smc.router-state |
 */
export class ClientMemory {
  readonly #codec: Codec;
  readonly #codes: Codes;
  readonly #clients = new ByteStore<ClientKey>();

  constructor(codec: Codec, codes: Codes) {
    this.#codec = codec;
    this.#codes = codes;
  }

  get size(): number {
    return this.#clients.size;
  }

  get(client: ClientKey): KnownClient | undefined {
    const bytes = this.#clients.get(client);
    if (bytes === undefined) return undefined;
    const counted = bytes.readUInt16LE(0);
    const numbers: number[] = [];
    const end = HEAD_BYTES + 2 * (counted + bytes.readUInt16LE(2));
    for (let at = HEAD_BYTES; at < end; at += 2) numbers.push(bytes.readUInt16LE(at));
    const decoded = this.#codec.decode(bytes.subarray(end), STATE);
    return {
      state: must(decoded.ok === true ? decoded.value : undefined, 'our own bytes can be read'),
      marks: new ClientMarks(this.#codes, numbers.splice(0, counted), numbers),
    };
  }

  /** Copies what it is given. */
  set(client: ClientKey, { state, marks }: KnownClient): void {
    const { counted, journeyTeams } = marks;
    const head = Buffer.allocUnsafe(HEAD_BYTES + 2 * (counted.length + journeyTeams.length));
    head.writeUInt16LE(counted.length, 0);
    head.writeUInt16LE(journeyTeams.length, 2);
    let at = HEAD_BYTES;
    for (const number of counted) at = head.writeUInt16LE(number, at);
    for (const number of journeyTeams) at = head.writeUInt16LE(number, at);
    this.#clients.set(client, Buffer.concat([head, this.#codec.encodeState(state)]));
  }
}
