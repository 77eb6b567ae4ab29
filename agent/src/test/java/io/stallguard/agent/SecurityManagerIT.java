package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.agent.Apps.Result;
import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under a security manager that grants the agent nothing. */
class SecurityManagerIT {
  /** What the app itself needs; the agent's jar gets nothing by it. */
  private static final String POLICY =
      "grant codeBase \"%s\" {%n"
          + "  permission java.net.SocketPermission \"*\", \"accept,connect,listen,resolve\";%n"
          + "  permission java.net.URLPermission \"http://*:*\", \"*:*\";%n"
          + "  permission java.lang.RuntimePermission \"setSecurityManager\";%n"
          + "};%n";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("jdks")
  void runsTheAppAndSaysWhyItIsUnprotected(Jdk jdk) throws IOException {
    Result result =
        Apps.run(
            Apps.guarded(jdk, "Hello")
                .property("java.security.manager", "default")
                .property("java.security.policy", "=" + policy("")));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsExactly("hello");
    assertThat(result.agentLines())
        .singleElement()
        .asString()
        .startsWith("not started, the app runs unprotected: ")
        .contains("java.security.AllPermission");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void guardsTheAppWhenItsJarHasAllPermissions(Jdk jdk) throws IOException {
    Result result =
        Apps.runStreaming(
            Apps.plain(jdk, "Streaming")
                .agent(BuiltJar.PATH, "idle=300ms")
                .property("java.security.manager", "default")
                .property("java.security.policy", "=" + policy(grant())));

    assertReleased(result);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void guardsTheSocketsOfTheAppToo(Jdk jdk) throws IOException {
    Result result =
        Apps.runStreaming(
            Apps.plain(jdk, "Streaming", "socket")
                .agent(BuiltJar.PATH, "idle=300ms")
                .property("java.security.manager", "default")
                .property("java.security.policy", "=" + policy(grant())));

    assertReleased(result);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void guardsTheAppThatSetsOneLater(Jdk jdk) throws IOException {
    Result result =
        Apps.runStreaming(
            Apps.plain(jdk, "Streaming", "restrict")
                .agent(BuiltJar.PATH, "idle=300ms")
                .jvmOptions(jdk.feature() < 17 ? "-Dx=y" : "-Djava.security.manager=allow")
                .property("java.security.policy", "=" + policy("")));

    assertReleased(result);
  }

  private static void assertReleased(Result result) {
    assertThat(result.out())
        .as("%s", result)
        .containsExactly("data: {\"a\":1}", "released by io.stallguard.core.StallTimeoutException");
    assertThat(result.agentLines())
        .noneMatch(line -> line.contains("is not guarded") || line.contains("internal error"));
  }

  private static String grant() {
    return String.format(
        "grant codeBase \"%s\" { permission java.security.AllPermission; };%n",
        BuiltJar.PATH.toUri());
  }

  private Path policy(String grant) throws IOException {
    return Files.writeString(
        folder.resolve("policy"), String.format(POLICY, Apps.CLASSES.toUri()) + grant);
  }

  /** There is no security manager any more from JDK 24. */
  static List<Jdk> jdks() {
    return Apps.jdks().stream().filter(jdk -> jdk.feature() < 24).toList();
  }
}
