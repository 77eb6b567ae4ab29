package io.stallguard.testapp;

import io.stallguard.testapp.ChaosVerdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the rounds of a {@link ChaosRun} have shown so far; told line by line. */
final class ChaosTally {
  private final List<ChaosVerdict> verdicts = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  synchronized void add(ChaosResult result) {
    verdicts.addAll(result.verdicts());
    tell(result);
  }

  /** What failed without the agent is the fault of the app or of the harness. */
  synchronized void addControl(ChaosResult result) {
    System.out.print("without the agent, ");
    tell(result);
  }

  private void tell(ChaosResult result) {
    System.out.println(result.shown());
    for (String failure : result.failures()) {
      failures.add("round " + result.plan().number() + ": " + failure);
      System.out.println("  " + failure);
    }
  }

  /** A round that could not be carried out. */
  synchronized void failed(ChaosPlan plan, Throwable failure) {
    failures.add(plan.shown() + ": " + failure);
    System.out.println(plan.shown() + ": " + failure);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized String shown() {
    return "all rounds: %s%n%s%n%s"
        .formatted(
            ChaosResult.counts(verdicts),
            lateness("released after the limit of 3000 ms", false),
            lateness("released after the end of what held their readers up", true));
  }

  private String lateness(String what, boolean heldUp) {
    List<Long> millis =
        verdicts.stream()
            .filter(each -> each.kind() == Kind.RELEASED && each.heldUp() == heldUp)
            .map(each -> TimeUnit.NANOSECONDS.toMillis(each.lateNanos()))
            .sorted()
            .toList();
    if (millis.isEmpty()) {
      return what + ": none";
    }
    int last = millis.size() - 1;
    return "%s, in ms: half %d, 99 %% %d, most %d, of %d"
        .formatted(
            what,
            millis.get(last / 2),
            millis.get(last * 99 / 100),
            millis.get(last),
            millis.size());
  }
}
