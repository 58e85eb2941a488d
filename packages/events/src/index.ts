export {
  DEMARCATION_PARTS_MAX,
  type ClientStateRecord,
  type Codec,
  type Decoded,
  type DemarcationManifest,
  type DemarcationPart,
  type Flaw,
  type WireEvent,
  type WireEventOf,
  type WireType,
} from './codec.ts';
