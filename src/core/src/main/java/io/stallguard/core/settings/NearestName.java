package io.stallguard.core.settings;

import java.util.Collection;

/** Finds the name that somebody who mistyped one most likely meant. */
final class NearestName {
  /**
   * How often somebody may slip in a short name, and in how many letters of a longer one once more.
   */
  private static final int MOST_SLIPS = 2;

  private static final int SLIP_EACH = 5;

  private NearestName() {}

  /** The candidate with the fewest edits (Levenshtein) from the name; the first of equals. */
  static String of(String name, Collection<String> candidates) {
    String nearest = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(name, candidate);
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Whether the name may be the candidate, mistyped. */
  static boolean isLike(String name, String candidate) {
    return edits(name, candidate) <= Math.max(MOST_SLIPS, candidate.length() / SLIP_EACH);
  }

  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
