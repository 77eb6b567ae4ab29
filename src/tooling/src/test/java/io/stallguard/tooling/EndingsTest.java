package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.coverage.Coverage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private static final String OKHTTP = "okhttp3/internal/http/CallServerInterceptor";
  private static final String NETTY = "io/netty/handler/codec/http/HttpClientCodec";

  private final Set<String> all =
      new Coverage(new Everything(), Runnable::run, line -> {}).renamable();
  private final Endings endings = new Endings(all);

  @Test
  void findsEachNameBelowOtherPackages() {
    for (String name : all) {
      assertThat(endings.of("com/acme/shaded/" + name)).as(name).isEqualTo(name);
    }
  }

  @Test
  void findsOneWhoseFirstPackageWasReplaced() {
    assertThat(endings.of("com/acme/deps/netty/handler/codec/http/HttpClientCodec"))
        .isEqualTo(NETTY);
    assertThat(endings.of("com/acme/okhttp/internal/http/CallServerInterceptor")).isEqualTo(OKHTTP);
  }

  @Test
  void whereSeveralEndAlikeTheOneOfWhichMostIsKeptIsMeant() {
    String shorter = "a/client/netty/NettyResponseFuture";
    String longer = "play/shaded/a/client/netty/NettyResponseFuture";

    assertThat(new Endings(List.of(longer, shorter)).of("com/acme/" + longer)).isEqualTo(longer);
    assertThat(new Endings(List.of(shorter, longer)).of("com/acme/" + longer)).isEqualTo(longer);
    assertThat(new Endings(List.of(shorter, longer)).of("com/acme/" + shorter)).isEqualTo(shorter);
  }

  @Test
  void aNameThatMerelyLooksAlikeIsNone() {
    assertThat(endings.of("com/acme/xokhttp3/internal/https/CallServerInterceptor")).isNull();
    assertThat(endings.of("xinternal/http/CallServerInterceptor")).isNull();
    assertThat(endings.of("internal/http/CallServerInterceptor")).isNull();
    assertThat(endings.of("com/acme/internal/http/CallServerInterceptor$1")).isNull();
    assertThat(endings.of("java/lang/Object")).isNull();
    assertThat(endings.of("A")).isNull();
    assertThat(endings.of("")).isNull();
  }

  @Test
  void whereThereAreNoneNothingIsFound() {
    assertThat(new Endings(Set.of()).of("com/acme/" + OKHTTP)).isNull();
  }
}
