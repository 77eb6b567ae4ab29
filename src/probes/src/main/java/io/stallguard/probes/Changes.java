package io.stallguard.probes;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Changes the agent's settings from within, as an operator does by JMX. */
final class Changes {
  /** The form of a job that has a change of settings instead of a URL. */
  static final String FORM = "change";

  private Changes() {}

  /** Instead of a change: the agent is to leave. */
  private static final String DETACH = "detach";

  static void make(String change) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = awaitBean(server);
    if (change.equals(DETACH)) {
      server.invoke(name, DETACH, new Object[0], new String[0]);
      return;
    }
    server.invoke(name, "change", new Object[] {change}, new String[] {String.class.getName()});
  }

  /** Waits until nothing of the agent is left: no thread and no bean. */
  static void awaitNoAgent() throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.stallguard:type=StallGuard");
    for (int i = 0; i < 3000; i++) {
      if (!server.isRegistered(name) && agentThreads().isEmpty()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException(
        "left: " + agentThreads() + (server.isRegistered(name) ? " and the bean" : ""));
  }

  private static List<String> agentThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(thread -> thread.startsWith("stallguard-"))
        .collect(Collectors.toList());
  }

  /** The agent's bean, which is registered a little after somebody uses JMX. */
  static ObjectName awaitBean(MBeanServer server) throws JMException, InterruptedException {
    ObjectName name = new ObjectName("io.stallguard:type=StallGuard");
    for (int i = 0; i < 1000 && !server.isRegistered(name); i++) {
      Thread.sleep(20);
    }
    return name;
  }
}
