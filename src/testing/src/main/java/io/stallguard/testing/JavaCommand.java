package io.stallguard.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line of a JVM, put together step by step and started as often as wanted. */
public final class JavaCommand {

  /**
   * They would add agents and options that the test did not ask for, and a line on standard error.
   */
  private static final List<String> OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** Settings of the agent: which JDKs the tests run on is none. */
  private static final String SETTINGS = "STALLGUARD_";

  /** The idle limit among the settings of the command line, as a property or an argument. */
  private static final Pattern IDLE =
      Pattern.compile("(?:-Dstallguard\\.|-javaagent:[^=]*=(?:.*,)?)idle=(\\d+(?:ms|s|m|h))\\b.*");

  private final Jdk jdk;
  private final List<String> jvmOptions = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private final List<String> launcher = new ArrayList<>();
  private boolean errorsUnread;
  private boolean settingsAsGiven;

  JavaCommand(Jdk jdk) {
    this.jdk = jdk;
  }

  public JavaCommand agent(Path jar) {
    return agent(jar, "");
  }

  /**
   * @param arguments what follows the jar, such as {@code idle=60s,mode=observe}
   */
  public JavaCommand agent(Path jar, String arguments) {
    return jvmOptions("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
  }

  public JavaCommand property(String name, String value) {
    return jvmOptions("-D" + name + "=" + value);
  }

  public JavaCommand jvmOptions(String... options) {
    return jvmOptions(Arrays.asList(options));
  }

  public JavaCommand jvmOptions(Collection<String> options) {
    jvmOptions.addAll(options);
    return this;
  }

  public JavaCommand environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public JavaCommand classPath(Path... entries) {
    return classPath(Arrays.asList(entries));
  }

  public JavaCommand classPath(Collection<Path> entries) {
    classPath.addAll(entries);
    return this;
  }

  public JavaCommand mainClass(String name, String... arguments) {
    program.clear();
    program.add(name);
    program.addAll(Arrays.asList(arguments));
    return this;
  }

  public JavaCommand jar(Path jar, String... arguments) {
    mainClass("-jar", jar.toString());
    program.addAll(Arrays.asList(arguments));
    return this;
  }

  /**
   * Starts the JVM by a program that becomes it, such as {@code ip netns exec NAME}.
   *
   * @param words of the command line before that of the JVM
   */
  public JavaCommand within(String... words) {
    launcher.addAll(Arrays.asList(words));
    return this;
  }

  /** Nobody reads the standard error of the process, until {@link AgentProcess#readErrors}. */
  public JavaCommand errorsUnread() {
    errorsUnread = true;
    return this;
  }

  /**
   * The settings of the command line and no more. Else the first byte has the limit of an idle that
   * is set alone, as that one does not hold before the first content of an answer: most streams of
   * tests are silent from their begin.
   */
  public JavaCommand settingsAsGiven() {
    settingsAsGiven = true;
    return this;
  }

  public AgentProcess start() {
    ProcessBuilder builder = new ProcessBuilder(line());
    OPTION_VARIABLES.forEach(builder.environment()::remove);
    builder.environment().keySet().removeIf(name -> name.startsWith(SETTINGS));
    builder.environment().putAll(environment);
    firstByte().ifPresent(limit -> builder.environment().put(SETTINGS + "FIRST_BYTE", limit));
    return AgentProcess.start(builder, errorsUnread);
  }

  private Optional<String> firstByte() {
    return settingsAsGiven || jvmOptions.stream().anyMatch(option -> option.contains("first-byte="))
        ? Optional.empty()
        : jvmOptions.stream()
            .map(IDLE::matcher)
            .filter(Matcher::matches)
            .map(idle -> idle.group(1))
            .findFirst();
  }

  /** The whole command line. */
  public List<String> line() {
    List<String> line = new ArrayList<>(launcher);
    line.add(jdk.java().toString());
    // The reader of the output decodes UTF-8; before JDK 18 the default charset is the platform's.
    line.add("-Dfile.encoding=UTF-8");
    line.add("-Dstdout.encoding=UTF-8");
    line.add("-Dstderr.encoding=UTF-8");
    line.addAll(jvmOptions);
    if (!classPath.isEmpty()) {
      line.addAll(List.of("-cp", join(classPath)));
    }
    line.addAll(program);
    return line;
  }

  private static String join(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
