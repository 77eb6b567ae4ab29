package io.stallguard.tooling;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Internal names of classes by how they end, as a tool that puts a library below other packages
 * changes their beginnings alone. Immutable.
 */
final class Endings {
  // Asked once for each class that the JVM loads. Most names of the JDK are shorter than the
  // shortest ending. Of any other the place in a table is made of four of its last characters; of
  // forty of these places one is taken. Only what is left is compared. Nothing is allocated, and
  // the length of a name does not matter.

  private static final int PLACES = 1024;

  /** Fewer than the shortest ending has. */
  private static final int LAST = 1;

  private static final int[] BEFORE = {5, 9, 13};
  private static final int FACTOR = 31;

  private final String[][] places = new String[PLACES][];
  private int shortest = Integer.MAX_VALUE;

  /** Makes the table of names as they were written. */
  Endings(Collection<String> names) {
    for (String name : names) {
      int place = place(name, name.length());
      String[] sharing = places[place] == null ? new String[0] : places[place];
      places[place] = Arrays.copyOf(sharing, sharing.length + 1);
      places[place][sharing.length] = name;
      shortest = Math.min(shortest, ending(name));
    }
  }

  /** How long the part of a name is that is kept. */
  private static int ending(String name) {
    return name.length() - name.indexOf('/') - 1;
  }

  private static int place(String name, int length) {
    int hash = name.charAt(length - LAST);
    for (int before : BEFORE) {
      hash = hash * FACTOR + name.charAt(length - before);
    }
    return hash & (PLACES - 1);
  }

  /**
   * Which name a class was written with that has another one now: that of which most is kept. Null
   * if it is none of these.
   */
  @Nullable String of(String className) {
    int length = className.length();
    String[] sharing = length > shortest ? places[place(className, length)] : null;
    return sharing == null ? null : of(className, sharing);
  }

  private static @Nullable String of(String className, String[] sharing) {
    String found = null;
    for (String name : sharing) {
      if (isKept(name, className) && (found == null || ending(name) > ending(found))) {
        found = name;
      }
    }
    return found;
  }

  private static boolean isKept(String name, String className) {
    int length = ending(name) + 1;
    return className.regionMatches(
        className.length() - length, name, name.length() - length, length);
  }
}
