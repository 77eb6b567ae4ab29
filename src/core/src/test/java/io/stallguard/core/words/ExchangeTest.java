package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, POST https://api.example.com/",
    "HTTPS://API.example.com/V1, POST https://api.example.com/V1",
    "https://api.example.com:443/v1, POST https://api.example.com/v1",
    "http://api.example.com:80/v1, POST http://api.example.com/v1",
    "https://api.example.com:80/v1, POST https://api.example.com:80/v1",
    "http://user:secret@api.example.com/v1, POST http://api.example.com/v1",
    "http://api.example.com/v1?key=secret, POST http://api.example.com/v1",
    "http://api.example.com/v1#secret, POST http://api.example.com/v1",
    "http://api.example.com?key=secret, POST http://api.example.com/",
    "'http://[::1]:8080/v1', 'POST http://[::1]:8080/v1'",
    "http://my_service:8080/v1, POST http://my_service:8080/v1",
    "http://user:secret@my_service/v1, POST http://my_service/v1"
  })
  void showsMethodAndUrlWithoutCredentialsQueryAndFragment(String uri, String shown) {
    assertThat(Exchanges.to(uri)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1?key=secret, /v1",
    "/v1#secret, /v1",
    "/v1#a?secret, /v1",
    "?key=secret, /",
    "http://user:secret@proxied.example.com/v1?key=secret, /v1",
    "http://user:secret@proxied.example.com, /",
    "/v1/http://x, /v1/http://x",
    "*, *",
    "'', /"
  })
  void dropsSecretsOfAPathThatIsAWholeRequestTarget(String target, String path) {
    Exchange exchange =
        Exchange.of("sockets").request("POST", "http", "h.example", 8080, target).build();

    assertThat(exchange.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "user:secret@h.example, h.example",
    "H.Example, h.example",
    "::1, [::1]",
    "[::1], [::1]",
    "fe80::1%eth0, [fe80::1%eth0]"
  })
  void takesAHostAsClientsHaveIt(String given, String host) {
    Exchange exchange = Exchange.of("sockets").request("POST", "http", given, 8080, "/v1").build();

    assertThat(exchange).hasToString("POST http://" + host + ":8080/v1");
  }

  @Test
  void holdsNoControlCharacters() {
    Exchange exchange =
        Exchange.of("sockets")
            .request("PO\nST", "http", "h\rost", -1, "/a\u0000b\u2028c")
            .response("HTTP/1.1\n", 200, "text/event-stream")
            .peer(new InetSocketAddress("1.2.3.4", 443))
            .build();

    assertThat(exchange).hasToString("PO?ST http://h?ost/a?b?c");
    assertThat(exchange.protocol()).isEqualTo("HTTP/1.1?");
    assertThat(exchange.remoteAddress()).isEqualTo("1.2.3.4:443");
  }

  @Test
  void tellsAPeerOnlyWhereItsAddressIsKnown() {
    Exchange own = Exchange.of("okhttp").peer(new InetSocketAddress("1.2.3.4", 443)).build();
    Exchange untold = Exchange.of("okhttp").build();

    assertThat(untold.with(new InetSocketAddress("::1", 80)).remoteAddress())
        .isEqualTo("0:0:0:0:0:0:0:1:80");
    assertThat(untold.with(InetSocketAddress.createUnresolved("h.example", 80))).isSameAs(untold);
    assertThat(untold.with(null)).isSameAs(untold);
    assertThat(own.with(new InetSocketAddress("::1", 80))).isSameAs(own);
  }

  @Test
  void cutsAnEndlessPath() {
    Exchange exchange = Exchanges.to("http://h.example/" + "a".repeat(10_000));

    assertThat(exchange.path()).hasSize(512);
  }

  @Test
  void anyAnswerToAGetIsASubscription() {
    assertThat(Exchanges.subscription().isSubscription()).isTrue();
    assertThat(Exchanges.of("get", "http://h/", "application/x-ndjson").isSubscription()).isTrue();
    assertThat(Exchanges.reply().isSubscription()).isFalse();
  }

  @Test
  void whatListensByMcpIsASubscription() {
    Exchange.Builder listening =
        Exchange.of("okhttp")
            .request("POST", URI.create("https://h/mcp"))
            .requestHeaders(name -> name.equals("Mcp-Method") ? "subscriptions/listen" : null);
    Exchange.Builder calling =
        Exchange.of("okhttp")
            .request("POST", URI.create("https://h/mcp"))
            .requestHeaders(name -> name.equals("Mcp-Method") ? "tools/call" : null);

    assertThat(listening.build().isSubscription()).isTrue();
    assertThat(calling.build().isSubscription()).isFalse();
  }

  @Test
  void aPathThatIsKnownForSubscriptionsIsOne() {
    assertThat(Exchanges.to("https://h/api/graphql").isSubscription()).isTrue();
    assertThat(Exchanges.to("https://h/graphql/stream?a=b").isSubscription()).isTrue();
    assertThat(Exchanges.to("https://h/v1/tasks/7:subscribe").isSubscription()).isTrue();
    assertThat(Exchanges.to("https://h/graphql/other").isSubscription()).isFalse();
    assertThat(Exchanges.to("https://h/v1/tasks/subscribe").isSubscription()).isFalse();
  }

  @Test
  void anythingMayBeMissing() {
    Exchange exchange =
        Exchange.of("okhttp")
            .request("GET", URI.create("mailto:nobody"))
            .response("HTTP/2", 204, null)
            .build();

    assertThat(exchange.contentType()).isEmpty();
    assertThat(exchange.remoteAddress()).isNull();
  }
}
