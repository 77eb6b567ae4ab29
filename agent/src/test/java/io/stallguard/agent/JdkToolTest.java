package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkToolTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Java 8
        "com.sun.tools.javac.Main -version",
        "sun.security.tools.keytool.Main -list",
        "sun.tools.jps.Jps",
        "sun.tools.jstack.JStack 1",
        // Java 9 and newer
        "jdk.compiler/com.sun.tools.javac.Main A.java",
        "java.base/sun.security.tools.keytool.Main",
        "jdk.jcmd/sun.tools.jps.Jps -l",
        "jdk.jartool/sun.tools.jar.Main tf a.jar",
        "jdk.httpserver/sun.net.httpserver.simpleserver.Main",
        "jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider",
        "jdk.jshell.execution.RemoteExecutionControl 1234",
        "java.rmi/sun.rmi.registry.RegistryImpl",
        // Build tools
        "org.codehaus.plexus.classworlds.launcher.Launcher verify",
        "org.apache.maven.wrapper.MavenWrapperMain verify",
        "org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.5",
        "org.gradle.wrapper.GradleWrapperMain build",
        "org.apache.tools.ant.launch.Launcher",
      })
  void knowsTools(String command) {
    assertThat(JdkTool.isTool(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "com.example.Main keytool",
        "/opt/app/app.jar --tool com.sun.tools.javac.Main",
        "app.jar jdk.compiler/com.sun.tools.javac.Main",
        "com.example.module/com.example.Main",
        "sun.tools",
        "java.example.Main",
        // An app that is started from its source
        "jdk.compiler/com.sun.tools.javac.launcher.Main App.java",
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher App.java",
      })
  void takesTheRestForApps(String command) {
    assertThat(JdkTool.isTool(command)).isFalse();
  }

  @Test
  void takesAJvmWithoutACommandForAnApp() {
    // Embedded in a native program, or the property may not be read.
    assertThat(JdkTool.isTool(null)).isFalse();
  }
}
