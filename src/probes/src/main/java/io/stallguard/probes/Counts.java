package io.stallguard.probes;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What the agent counts, as an operator sees it. */
final class Counts {
  private Counts() {}

  static long of(String attribute) throws JMException, InterruptedException {
    return ((Number) value(attribute)).longValue();
  }

  /** All stalls, whichever their limit. */
  static long stalls() throws JMException, InterruptedException {
    long stalls = 0;
    for (Object row : ((TabularData) value("Stalled")).values()) {
      stalls += ((Number) ((CompositeData) row).get("value")).longValue();
    }
    return stalls;
  }

  private static Object value(String attribute) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.stallguard:type=StallGuard");
    for (int i = 0; i < 1000 && !server.isRegistered(name); i++) {
      Thread.sleep(20);
    }
    return server.getAttribute(name, attribute);
  }
}
