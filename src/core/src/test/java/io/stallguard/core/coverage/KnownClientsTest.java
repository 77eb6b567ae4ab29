package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownClientsTest {
  @Test
  void eachClassIsOfOneClient() {
    Map<String, KnownClient> clients = KnownClients.byClass();

    assertThat(clients).isNotEmpty();
    clients.forEach(
        (name, client) -> {
          assertThat(client.classes()).contains(name);
          assertThat(name).doesNotContain(".");
        });
  }

  @Test
  void aHandlerTellsItsClient() {
    assertThat(KnownClients.ofHandler("io.vertx.core.http.impl.VertxHttpHandler").name())
        .isEqualTo("vertx");
    assertThat(KnownClients.ofHandler("com.example.Mine").name()).isEqualTo("netty");
  }
}
