package io.stallguard.probes;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import javax.management.JMException;
import javax.management.ObjectName;

/** Counts what a JVM holds now: leased connections, threads, file descriptors. */
final class Census {
  private Census() {}

  /** The three numbers on a line, between tabs. */
  static String of(Collection<Probe> probes) throws JMException {
    int leased = 0;
    for (Probe probe : probes) {
      leased += probe instanceof Pooled ? ((Pooled) probe).leased() : 0;
    }
    return "CENSUS\t" + leased + "\t" + threads() + "\t" + descriptors();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** By name: the type that has the number is for Unix alone. */
  private static Object descriptors() throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(
            new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
            "OpenFileDescriptorCount");
  }
}
