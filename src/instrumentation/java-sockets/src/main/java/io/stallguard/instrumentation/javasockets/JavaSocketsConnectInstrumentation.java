package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Collections;
import java.util.List;

/** Instruments the wait of the JDK's blocking sockets for their connection. */
public final class JavaSocketsConnectInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "java-sockets-connect";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("java.net.Socket")
            .advise("connect", "(Ljava/net/SocketAddress;I)V", ConnectAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.javasockets.helpers.LimitedConnects";
  }
}
