package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Answers;
import io.stallguard.core.wire.Look;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.channels.CancelledKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.nio.NHttpClientConnection;
import org.junit.jupiter.api.Test;

/** When a look at a connection is answered. */
class ConnectionLookTest {
  private final Look look = new Look();
  private final List<String> called = new ArrayList<>();

  @Test
  void theConnectionIsAskedForOutputAndAnswersWithIt() {
    ConnectionLook connection =
        new ConnectionLook(
            connection(
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  return null;
                }));

    connection.passed();
    connection.ask(look);
    assertThat(called).containsExactly("requestOutput");
    assertThat(Answers.isNothing(look)).as("output that was given before").isFalse();
    connection.passed();

    assertThat(Answers.isNothing(look)).isTrue();
  }

  @Test
  void aConnectionThatIsNoPartOfItsReactorHoldsNobodyUp() {
    ConnectionLook connection =
        new ConnectionLook(
            connection(
                (proxy, method, arguments) -> {
                  throw new CancelledKeyException();
                }));

    connection.ask(look);

    assertThat(Answers.isNothing(look)).isTrue();
  }

  @Test
  void aReactorThatHasEndedHoldsNobodyUp() throws InterruptedException {
    AtomicReference<ConnectionLook> connection = new AtomicReference<>();
    Thread reactor =
        new Thread(
            () ->
                connection.set(new ConnectionLook(connection((proxy, method, arguments) -> null))));
    reactor.start();
    reactor.join();

    connection.get().ask(look);

    assertThat(Answers.isNothing(look)).isTrue();
  }

  private static NHttpClientConnection connection(InvocationHandler handler) {
    return (NHttpClientConnection)
        Proxy.newProxyInstance(
            ConnectionLookTest.class.getClassLoader(),
            new Class<?>[] {NHttpClientConnection.class},
            handler);
  }
}
