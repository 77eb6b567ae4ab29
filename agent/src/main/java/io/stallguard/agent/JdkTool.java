package io.stallguard.agent;

import org.jspecify.annotations.Nullable;

/** Tells tools from apps: with {@code JAVA_TOOL_OPTIONS} set, each keytool gets the agent too. */
final class JdkTool {
  private static final String[] TOOLS = {
    "com.sun.tools.",
    "sun.tools.",
    "sun.security.tools.",
    "sun.jvmstat.",
    "sun.rmi.registry.",
    "sun.rmi.server.",
    "sun.net.httpserver.",
    "sun.applet.",
    "jdk.",
    "org.codehaus.plexus.classworlds.launcher.Launcher",
    "org.codehaus.classworlds.Launcher",
    "org.apache.maven.wrapper.",
    "org.mvndaemon.",
    "org.gradle.launcher.",
    "org.gradle.wrapper.",
    "org.apache.tools.ant.",
  };

  /**
   * How the class begins that runs an app from its source: by its main class a part of the
   * compiler.
   */
  private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

  private JdkTool() {}

  /**
   * Whether a JVM that was started with this command is a tool.
   *
   * @param command the value of {@code sun.java.command}: main class or module/class, arguments
   */
  static boolean isTool(@Nullable String command) {
    String main = command == null ? "" : mainClass(command);
    if (main.startsWith(SOURCE_LAUNCHER)) {
      return false;
    }
    for (String tool : TOOLS) {
      if (main.startsWith(tool)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The main class without its module: from Java 9 the tools are {@code
   * java.base/sun.security.tools...}.
   */
  private static String mainClass(String command) {
    int space = command.indexOf(' ');
    String main = space < 0 ? command : command.substring(0, space);
    boolean isOfTheJdk = main.startsWith("java.") || main.startsWith("jdk.");
    return isOfTheJdk ? main.substring(main.indexOf('/') + 1) : main;
  }
}
