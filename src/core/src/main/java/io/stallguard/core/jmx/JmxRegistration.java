package io.stallguard.core.jmx;

import io.stallguard.core.Engine;
import io.stallguard.core.StallGuardMXBean;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Registers the bean with the platform's MBean server, once the app or a tool has made that. */
final class JmxRegistration implements Runnable {
  // To make the server would lock in the app's logging on JDK 8, and costs what most JVMs never
  // need. So nothing of JMX is touched before somebody else has loaded the server's class. That may
  // be another server than the platform's, which may come later or never: hence the slower look.

  private static final long STEP_MILLIS = 50;
  private static final int QUICK_STEPS = 200;
  private static final long SLOW_STEP_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final Engine engine;
  private final String version;

  JmxRegistration(Engine engine, String version) {
    this.engine = engine;
    this.version = version;
  }

  @Override
  public void run() {
    try {
      for (int step = 0; !engine.hasLeft() && !register(); step++) {
        Thread.sleep(step < QUICK_STEPS ? STEP_MILLIS : SLOW_STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to; then there is no bean.
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      engine.errors().record("registration with JMX", t);
    }
  }

  private boolean register() throws JMException {
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
      if (server.isRegistered(runtime)) {
        ObjectName name = new ObjectName("io.stallguard:type=StallGuard");
        server.registerMBean(
            new StandardMBean(new StallGuardBean(engine, version), StallGuardMXBean.class, true),
            name);
        engine.onLeave(() -> unregister(server, name));
        return true;
      }
    }
    return false;
  }

  private static void unregister(MBeanServer server, ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (JMException e) {
      // Somebody else has done it.
    }
  }
}
