package io.stallguard.probes;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Changes the agent's settings from within, as an operator does by JMX. */
final class Changes {
  /** The form of a job that has a change of settings instead of a URL. */
  static final String FORM = "change";

  private Changes() {}

  static void make(String change) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = awaitBean(server);
    server.invoke(name, "change", new Object[] {change}, new String[] {String.class.getName()});
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
