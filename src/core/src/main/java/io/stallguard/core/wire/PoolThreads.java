package io.stallguard.core.wire;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * The threads of an executor of the app's, for people who are to be told that it hangs. Any thread.
 */
public final class PoolThreads {
  // An executor names its threads to nobody. But one that was seen at work for it has a name, from
  // which those of the others mostly differ by a number. Virtual threads have no names and cannot
  // be listed.

  /**
   * How many names are kept: pools name their threads in one way; an executor may hand out to more
   * than one.
   */
  private static final int MOST_NAMES = 8;

  private static final String OF_THE_JDK = "java.util.concurrent.";

  /** How names of threads of ours begin, on which an executor may run what it is given. */
  private static final String OURS = "stallguard-";

  /** The names of threads without the number at their ends. */
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /** Notes that a thread with this name has worked for the executor. */
  public void seen(String name) {
    if (!name.isEmpty() && !name.startsWith(OURS) && names.size() < MOST_NAMES) {
      String begin = withoutNumber(name);
      if (!names.contains(begin)) {
        boolean unused = names.add(begin);
      }
    }
  }

  private static String withoutNumber(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  /**
   * The threads that live and are named like those that were seen. Takes the stacks of all threads.
   */
  public List<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> names.contains(withoutNumber(thread.getName())))
        .collect(Collectors.toList());
  }

  /** An executor in words for people: what a pool of the JDK tells of itself, else its class. */
  public static String describe(Executor executor) {
    String type = executor.getClass().getName();
    // The others' toString() is code of an app.
    return type.startsWith(OF_THE_JDK) ? executor.toString() : type;
  }
}
