package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.stallguard.testapp.ChaosEvent.Kind;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does to one JVM what a {@link ChaosPlan} says, each when it is due. */
final class ChaosTimeline {
  private final ChaosPlan plan;
  private final StallServer server;
  private final Fleet fleet;
  private final ChaosHolds holds;
  private final @Nullable CpuQuota quota;
  private final List<Due> dues = new ArrayList<>();
  private final List<JobLine> jobs = new ArrayList<>();

  /**
   * @param quota null if the plan has none
   */
  ChaosTimeline(
      ChaosPlan plan, StallServer server, Fleet fleet, ChaosHolds holds, @Nullable CpuQuota quota) {
    this.plan = plan;
    this.server = server;
    this.fleet = fleet;
    this.holds = holds;
    this.quota = quota;
  }

  /**
   * Lets it all happen.
   *
   * @return the jobs that the probe was given
   */
  List<JobLine> play() {
    plan.streams().forEach(stream -> addJob(stream.startMillis(), stream.job(server::base)));
    plan.events().forEach(this::add);
    dues.sort(Comparator.comparingLong(Due::millis));
    long beginNanos = System.nanoTime();
    for (Due due : dues) {
      Commands.pause(MILLISECONDS.toNanos(due.millis) - (System.nanoTime() - beginNanos));
      due.action.run();
    }
    return jobs;
  }

  private void addJob(long millis, JobLine job) {
    jobs.add(job);
    dues.add(new Due(millis, () -> fleet.process().send(job)));
  }

  private void add(ChaosEvent event) {
    if (event.kind().isOfProbe()) {
      addJob(event.startMillis(), event.job(jobs.size()));
      return;
    }
    long[] begunNanos = new long[1];
    dues.add(
        new Due(
            event.startMillis(),
            () -> {
              begin(event);
              begunNanos[0] = System.nanoTime();
            }));
    dues.add(
        new Due(
            event.startMillis() + event.millis(),
            () -> {
              long endNanos = System.nanoTime();
              end(event);
              holds.add(event.kind(), begunNanos[0], endNanos);
            }));
  }

  private void begin(ChaosEvent event) {
    if (event.kind() == Kind.STOP) {
      Commands.run("kill", "-STOP", Long.toString(fleet.pid()));
    } else if (quota != null) {
      quota.limit(event.amount());
    }
  }

  private void end(ChaosEvent event) {
    if (event.kind() == Kind.STOP) {
      Commands.run("kill", "-CONT", Long.toString(fleet.pid()));
    } else if (quota != null) {
      quota.lift();
    }
  }

  /** Something to be done, so long after the begin. */
  private record Due(long millis, Runnable action) {}
}
