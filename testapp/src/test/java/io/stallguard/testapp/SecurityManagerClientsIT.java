package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that a security manager lets do little, in class loaders of their own: they are guarded
 * without rights of theirs, or it is told that they are not.
 */
class SecurityManagerClientsIT {
  private static final String RELEASED = " idle limit of 2 s exceeded";
  private static final String NO_RIGHT =
      "under the security manager its module okhttp is not reached, as its code lacks"
          + " java.lang.RuntimePermission \"getClassLoader\"";
  private static final String LEFT_TO_SOCKETS =
      "; its HTTP/1.1 over blocking sockets is guarded there, and nothing else";
  private static final String GRANT = "grant codeBase \"%s\" {%n%s};%n";
  private static final String ALL = "  permission java.security.AllPermission;%n";

  /** What these clients need to have an answer. */
  private static final String LITTLE =
      "  permission java.net.SocketPermission \"*\", \"connect,resolve\";%n"
          + "  permission java.net.URLPermission \"http:*\", \"*:*\";%n"
          + "  permission java.net.NetPermission \"getProxySelector\";%n"
          + "  permission java.util.PropertyPermission \"*\", \"read\";%n";

  @TempDir private static Path folder;

  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> areGuardedOrTold() {
    return SideBySide.of(
        dynamicTest("below the app's class loader, JDK 8", () -> belowApp(8)),
        dynamicTest("below the app's class loader, JDK 17", () -> belowApp(17)),
        dynamicTest("beside the app's class loader, JDK 8", () -> besideApp(8)),
        dynamicTest("beside the app's class loader, JDK 17", () -> besideApp(17)),
        dynamicTest("the JDK's own client, JDK 17", SecurityManagerClientsIT::jdkClient));
  }

  /** The client is a web app's in a server: its class loader sees the agent's entry. */
  private static void belowApp(int jdk) {
    ForeignClient client = okHttp("managed-below-" + jdk);
    try (ProbeProcess process = start(jdk, client, Map.of("probe.below", "true"))) {
      isReleased(process, client, "OkHttpUse");

      process.awaitErr("client okhttp, ", 1);
      assertThat(CoverageRows.of(process))
          .filteredOn(row -> row.startsWith("okhttp\t"))
          .singleElement()
          .asString()
          .endsWith("\tguarded\t");
      assertThat(process.end())
          .noneMatch(line -> line.contains(" guarded: ") && line.contains(" WARN "))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  /** The client is a bundle's in OSGi: its class loader sees nothing of the agent. */
  private static void besideApp(int jdk) {
    ForeignClient client = okHttp("managed-beside-" + jdk);
    try (ProbeProcess process = start(jdk, client, Map.of())) {
      isReleased(process, client, "OkHttpUse");

      process.awaitErr("client java-sockets, ", 1);
      assertThat(CoverageRows.of(process))
          .filteredOn(row -> row.startsWith("okhttp\t"))
          .singleElement()
          .asString()
          .endsWith("\tguarded in part\t" + NO_RIGHT + LEFT_TO_SOCKETS);
      assertThat(process.end())
          .filteredOn(line -> line.contains(" WARN okhttp "))
          .singleElement()
          .asString()
          .endsWith(" is guarded in part: " + NO_RIGHT + LEFT_TO_SOCKETS);
    }
  }

  private static void jdkClient() {
    ForeignClient client = ForeignClient.of("managed-jdk", List.of("JdkClientUse"));
    try (ProbeProcess process = start(17, client, Map.of())) {
      isReleased(process, client, "JdkClientUse");

      process.awaitErr("client java-http-client, ", 1);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static ForeignClient okHttp(String name) {
    return ForeignClient.forJava(
        8, name, List.of("OkHttpUse"), "com.squareup.okhttp3:okhttp:4.12.0");
  }

  private static void isReleased(ProbeProcess process, ForeignClient client, String use) {
    JobLine job = client.job(server, use, Protocol.H1, "stall-mid");
    assertThat(process.run(job).ending()).as(job.id()).contains(RELEASED);
  }

  private static ProbeProcess start(int jdk, ForeignClient client, Map<String, String> properties) {
    JavaCommand command =
        ProbeProcess.command(Jdks.find().jdk(jdk), "ForeignProbe", List.of(), server)
            .agent(ProbeProcess.agent())
            .property("stallguard.idle", "2s")
            .property("stallguard.first-byte", "2s")
            .property("java.security.manager", "default")
            .property("java.security.policy", "=" + policy(client));
    properties.forEach(command::property);
    return ProbeProcess.start(command);
  }

  private static Path policy(ForeignClient client) {
    StringBuilder grants = new StringBuilder();
    for (Path privileged : List.of(ProbeProcess.agent(), ProbeProcess.probes())) {
      grants.append(grant(privileged, ALL));
    }
    client.classPath().forEach(each -> grants.append(grant(each, LITTLE)));
    try {
      return Files.writeString(folder.resolve(client.name() + ".policy"), grants);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String grant(Path codeBase, String permissions) {
    return String.format(GRANT, codeBase.toUri(), String.format(permissions));
  }
}
