package io.stallguard.tooling;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

/** Tells the mistakes in the settings, and what follows from them if nobody wants to go on. */
final class Mistakes implements Consumer<String> {
  private final Consumer<String> console;
  private int count;

  Mistakes(Consumer<String> console) {
    this.console = console;
  }

  @Override
  public void accept(String problem) {
    count++;
    console.accept(problem);
  }

  /**
   * Ends the JVM if there were mistakes. An app that runs already is not to pay for the settings of
   * who attaches to it: then there is no agent.
   *
   * @return whether there is to be no agent
   */
  boolean areFatal(boolean running, Instrumentation instrumentation) {
    if (count == 0) {
      return false;
    }
    String found = "strict=true and " + count + (count == 1 ? " mistake" : " mistakes");
    if (running) {
      console.accept("not attached: " + found + " in the settings");
    } else {
      console.accept("the JVM ends with exit code 1: " + found + " in the settings");
      EarlyEnd.begin(instrumentation);
    }
    return true;
  }
}
