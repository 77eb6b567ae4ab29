package io.stallguard.instrumentation.javahttpclient.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import org.junit.jupiter.api.Test;

class ClientsOwnTest {
  @Test
  void keepsIsSaidOfStringsAndBytesOnly() {
    assertThat(ClientsOwn.keeps(BodySubscribers.ofString(UTF_8))).isTrue();
    assertThat(ClientsOwn.keeps(BodySubscribers.ofByteArray())).isTrue();
    assertThat(ClientsOwn.keeps(BodySubscribers.ofInputStream())).isFalse();
    assertThat(ClientsOwn.keeps(BodySubscribers.ofLines(UTF_8))).isFalse();
    assertThat(ClientsOwn.keeps(BodySubscribers.mapping(string(), String::length))).isFalse();
  }

  private static BodySubscriber<String> string() {
    return BodySubscribers.ofString(UTF_8);
  }
}
