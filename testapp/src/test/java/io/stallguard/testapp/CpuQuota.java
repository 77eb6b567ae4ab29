package io.stallguard.testapp;

/** What throttles one process as containers do: a cgroup with a quota, of either version. */
final class CpuQuota implements AutoCloseable {
  private static final String CONTROLLER = "cpu";
  private static final String QUOTA_1 = "cpu.cfs_quota_us";
  private static final String QUOTA_2 = "cpu.max";

  /** The kernel's own. */
  private static final int PERIOD_MICROS = 100_000;

  private final Cgroup group;

  private CpuQuota(Cgroup group) {
    this.group = group;
  }

  static boolean possible() {
    return Cgroup.possible(CONTROLLER, QUOTA_1, QUOTA_2);
  }

  static CpuQuota of(long pid) {
    return new CpuQuota(Cgroup.of(CONTROLLER, pid));
  }

  /**
   * @param percent of one processor
   */
  void limit(int percent) {
    set(Integer.toString(PERIOD_MICROS / 100 * percent));
  }

  void lift() {
    set(group.has(QUOTA_2) ? "max" : "-1");
  }

  private void set(String micros) {
    if (group.has(QUOTA_2)) {
      group.set(QUOTA_2, micros + " " + PERIOD_MICROS);
    } else {
      group.set(QUOTA_1, micros);
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
