export { runDivision } from './run-division.ts';
export {
  divisionSettings,
  startDivision,
  type RunningDivision,
  type StartDivision,
} from './start-division.ts';
export type { WerkbedrijfOrganisation } from './werkbedrijf.ts';
