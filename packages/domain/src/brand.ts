declare const brand: unique symbol;

/** A text or number that has been checked; only its parser makes one. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
