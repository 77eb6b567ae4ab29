package io.stallguard.core.body;

/** Kinds of JSON values, as far as they are told apart. */
enum Value {
  NULL,
  TRUE,
  FALSE,
  /** A string, list or object with nothing in it. */
  EMPTY,
  NUMBER,
  /** Any other value. */
  OTHER
}
