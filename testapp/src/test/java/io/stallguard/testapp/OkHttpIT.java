package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** OkHttp at its floor, in the version that the SDKs bring, and the latest, on every JDK. */
class OkHttpIT extends ClientSuite {
  private static final List<String> VERSIONS =
      List.of(System.getProperty("okhttp.floor"), "4.12.0", "5.5.1");
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  @Override
  String module() {
    return "okhttp";
  }

  @Override
  String probe() {
    return "OkHttpProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .flatMap(jdk -> VERSIONS.stream().map(version -> setup(jdk, version)));
  }

  private static Setup setup(Jdk jdk, String version) {
    return new Setup(
        "OkHttp " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("blocking", Delivery.BYTES, true, STALL),
        new Usage("byte-stream", Delivery.BYTES, true, STALL),
        new Usage("enqueue", Delivery.BYTES, true, STALL),
        new Usage("string", Delivery.WHOLE, false, STALL),
        new Usage("peeked", Delivery.BYTES, false, STALL),
        new Usage("sse", Delivery.EVENTS, true, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "blocking", Protocol.TLS_H2), silentWebSocket(server));
  }
}
