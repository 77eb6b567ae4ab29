package io.stallguard.probes;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The agent as its bean of JMX shows it, and the threads of the JVM. */
final class AgentState {
  private AgentState() {}

  /** Names and numbers on a line, between tabs. */
  static String now() throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = Changes.awaitBean(server);
    StringBuilder line = new StringBuilder("STATE");
    for (String count :
        new String[] {
          "Guarded",
          "EndedAfterDone",
          "Truncated",
          "Resumed",
          "FoundWaiting",
          "FailedAborts",
          "InternalErrors"
        }) {
      add(line, count, ((Number) server.getAttribute(name, count)).longValue());
    }
    add(line, "Stalled", sum((TabularData) server.getAttribute(name, "Stalled")));
    add(line, "OpenStreams", ((Object[]) server.getAttribute(name, "OpenStreams")).length);
    addThreads(line);
    return line.toString();
  }

  /** JMX has maps as tables. */
  private static long sum(TabularData table) {
    long sum = 0;
    for (Object row : table.values()) {
      sum += ((Number) ((CompositeData) row).get("value")).longValue();
    }
    return sum;
  }

  private static void addThreads(StringBuilder line) {
    int ours = 0;
    int others = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("stallguard-")) {
        ours++;
      } else {
        others++;
      }
    }
    add(line, "AgentThreads", ours);
    add(line, "OtherThreads", others);
  }

  private static void add(StringBuilder line, String name, long value) {
    line.append('\t').append(name).append('=').append(value);
  }
}
