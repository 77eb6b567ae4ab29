package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.coverage.CoverageFacts;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UseTriggerTest {
  private static final String CLIENT = "okhttp3/internal/http/CallServerInterceptor";
  private static final byte[] NO_BYTES = {};

  private final List<String> log = new ArrayList<>();
  private final Coverage coverage = new Coverage(new Everything(), Runnable::run, log::add);
  private final UseTrigger trigger = new UseTrigger();

  @Test
  void runsWhatWaitsForAClassOnce() {
    List<String> used = new ArrayList<>();
    trigger.await("a/B", () -> used.add("used"));

    load("a/C");
    assertThat(used).isEmpty();
    load("a/B");
    load("a/B");

    assertThat(used).hasSize(1);
  }

  @Test
  void runsItForAClassThatWasThereBefore() {
    List<String> used = new ArrayList<>();
    trigger.await("java/lang/String", () -> used.add("used"));

    trigger.look(new Class<?>[] {Object.class, String.class}, false);

    assertThat(used).hasSize(1);
  }

  @Test
  void countsAClientByEachClassLoader() {
    trigger.count(coverage);

    trigger.transform(getClass().getClassLoader(), CLIENT, null, null, NO_BYTES);
    trigger.transform(getClass().getClassLoader(), CLIENT, null, null, NO_BYTES);
    trigger.transform(null, CLIENT, null, null, NO_BYTES);

    assertThat(coverage.facts())
        .extracting(CoverageFacts::client, CoverageFacts::loader)
        .containsExactly(tuple("okhttp", "app"), tuple("okhttp", "boot"));
  }

  @Test
  void countsACopyWhosePackagesWereRenamed() {
    trigger.count(coverage);

    trigger.transform(null, "com/acme/" + CLIENT, null, null, NO_BYTES);
    trigger.transform(null, "com/acme/" + CLIENT + "s", null, null, NO_BYTES);

    assertThat(coverage.facts())
        .singleElement()
        .asString()
        .contains("okhttp of unknown version is guarded in part: its packages were renamed")
        .contains("(below com.acme)");
  }

  @Test
  void readsWhatWasThereBeforeForTheNettyThatItStandsOn(@TempDir Path folder) throws Exception {
    String codec = "com.acme.io.netty.handler.codec.http.HttpClientCodec";
    String source = "package com.acme.io.netty.handler.codec.http; public class HttpClientCodec {}";
    Compiled compiled = Compiled.source(folder, codec, source);
    trigger.count(coverage);

    try (URLClassLoader loader = compiled.loader()) {
      trigger.look(new Class<?>[] {String.class, loader.loadClass(codec)}, true);
      assertThat(coverage.facts()).extracting(CoverageFacts::client).containsExactly("netty");

      String client = "com/acme/org/asynchttpclient/netty/NettyResponseFuture";
      trigger.transform(loader, client, null, null, compiled.bytes(codec));
      assertThat(coverage.facts())
          .extracting(CoverageFacts::client)
          .containsExactly("async-http-client");
    }
  }

  @Test
  void countsNobodyWhereNoCensusIsTaken() {
    assertThat(trigger.transform(null, "com/acme/" + CLIENT, null, null, NO_BYTES)).isNull();
  }

  @Test
  void changesNoClass() {
    trigger.count(coverage);

    assertThat(trigger.transform(null, CLIENT, null, null, NO_BYTES)).isNull();
    assertThat(trigger.transform(null, null, null, null, NO_BYTES)).isNull();
  }

  private void load(String className) {
    assertThat(trigger.transform(null, className, null, null, NO_BYTES)).isNull();
  }
}
