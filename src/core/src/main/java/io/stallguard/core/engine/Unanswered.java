package io.stallguard.core.engine;

import io.stallguard.core.wire.Holdup;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Texts;
import java.util.ArrayList;
import java.util.List;

/** A silence on which nobody gives a verdict, and who was asked. The thread for reports only. */
public final class Unanswered {
  /** How many threads are shown: those that work for one pool look alike, mostly. */
  private static final int MOST_THREADS = 4;

  private static final int LONGEST_NAME = 100;

  /** How much of a name is shown: a pool tells its size and queue. */
  private static final int LONGEST_WHAT = 300;

  private static final String LINE = "\n[stallguard]   ";

  private final Stall stall;
  private final Holdup holdup;
  private final long waitedNanos;

  public Unanswered(Stall stall, Holdup holdup, long waitedNanos) {
    this.stall = stall;
    this.holdup = holdup;
    this.waitedNanos = waitedNanos;
  }

  public Stall stall() {
    return stall;
  }

  public String what() {
    return Texts.clean(holdup.what(), LONGEST_WHAT);
  }

  public long waitedNanos() {
    return waitedNanos;
  }

  /** The facts in one line. */
  String message() {
    return "stream silent, verdict put off: " + why() + "; " + stall.message();
  }

  private String why() {
    String waited = Durations.text(waitedNanos);
    return holdup.isOfRoom()
        ? what() + " leaves the server no room to send, for " + waited
        : what() + " has not answered for " + waited + " whether bytes wait there";
  }

  /** The line, and the stacks behind it. */
  public String text() {
    StringBuilder text = new StringBuilder(message());
    text.append(LINE).append("client ").append(stall.stream().exchange().client());
    text.append(", stream ").append(stall.stream().id()).append(", phase ").append(stall.phase());
    stacks().forEach(line -> text.append(LINE).append(line));
    return text.toString();
  }

  /** What the threads do that are to answer. */
  public List<String> stacks() {
    List<String> lines = new ArrayList<>();
    List<Thread> threads = holdup.threads();
    threads.subList(0, Math.min(threads.size(), MOST_THREADS)).forEach(each -> add(each, lines));
    if (threads.size() > MOST_THREADS) {
      lines.add((threads.size() - MOST_THREADS) + " more threads");
    }
    return lines;
  }

  private static void add(Thread thread, List<String> lines) {
    String name = Texts.clean(thread.getName(), LONGEST_NAME);
    lines.add("thread \"" + name + "\", " + thread.getState());
    for (StackTraceElement frame : thread.getStackTrace()) {
      lines.add("    at " + frame);
    }
  }
}
