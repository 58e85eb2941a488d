import type { Codes } from './codes.ts';

/** What the measures must know of a client besides what the router knows. */
export class ClientMarks {
  readonly #codes: Codes;
  /** What the client was counted for already. */
  readonly counted: number[];
  /** The teams of the running journey, each once. */
  readonly journeyTeams: number[];

  constructor(codes: Codes, counted: number[] = [], journeyTeams: number[] = []) {
    this.#codes = codes;
    this.counted = counted;
    this.journeyTeams = journeyTeams;
  }

  /** Whether the client is counted for this for the first time. */
  isFirst(name: string): boolean {
    return this.#add(this.counted, name);
  }

  beginJourney(): void {
    this.journeyTeams.length = 0;
  }

  /** Whether the team is new in the running journey. */
  isNewTeam(team: string): boolean {
    return this.#add(this.journeyTeams, team);
  }

  #add(numbers: number[], name: string): boolean {
    const number = this.#codes.numberOf(name);
    if (numbers.includes(number)) return false;
    numbers.push(number);
    return true;
  }
}
