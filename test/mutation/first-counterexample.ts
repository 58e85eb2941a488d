/** A mutant is dead with the first counterexample: nobody reads how small it can be made. */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });
