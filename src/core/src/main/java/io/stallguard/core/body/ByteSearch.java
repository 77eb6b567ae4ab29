package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds a word in bytes that come one by one (Knuth, Morris and Pratt). Immutable. */
final class ByteSearch {
  private final byte[] word;

  /** For each length that is matched: the longest shorter one that the same bytes match as well. */
  private final int[] fallBack;

  ByteSearch(String text) {
    this.word = text.getBytes(US_ASCII);
    this.fallBack = new int[word.length + 1];
    for (int i = 1, matched = 0; i < word.length; i++) {
      matched = next(matched, word[i]);
      fallBack[i + 1] = matched;
    }
  }

  /** How much of the word is matched after one more byte. */
  int next(int matchedBefore, byte b) {
    int matched = matchedBefore;
    while (matched > 0 && (matched == word.length || word[matched] != b)) {
      matched = fallBack[matched];
    }
    return word[matched] == b ? matched + 1 : matched;
  }

  boolean isFound(int matched) {
    return matched == word.length;
  }
}
