package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Starts JVMs whose first act is a stream; makes the archives that some of them use. */
final class StartPlace implements AutoCloseable {
  private static final String MAIN = "io.stallguard.probes.ProbeMain";
  private static final String INDEX = "inst/instrumentations.txt";
  private static final String SETTINGS = "idle=1s,first-byte=1s";
  private static final String LIMIT = "idle limit of 1 s exceeded";

  /** Archives are made from what is closed: a training run ends, and a JVM puts them together. */
  private static final Duration TRAINING = Duration.ofSeconds(150);

  private final StallServer server = StallServer.start();
  private final Path folder;
  private final List<Path> classPath;
  private final Map<String, Path> archives = new ConcurrentHashMap<>();
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * @param folder for archives, and for the probes as a jar, as archives have no folders
   */
  StartPlace(Path folder) throws IOException {
    this.folder = folder;
    this.classPath = new ArrayList<>(StartClient.classPath());
    Path probes = folder.resolve("probes.jar");
    Jars.ofFolder(ProbeProcess.probes(), probes, new Attributes());
    classPath.add(probes);
    Attributes agent = new Attributes();
    agent.putValue("Premain-Class", "io.stallguard.probes.LoadingAgent");
    Jars.ofFolder(ProbeProcess.probes(), otherAgent(), agent);
    try (JarFile jar = new JarFile(ProbeProcess.agent().toFile());
        InputStream index = jar.getInputStream(jar.getEntry(INDEX))) {
      Files.copy(index, index());
    }
  }

  private Path otherAgent() {
    return folder.resolve("other-agent.jar");
  }

  private Path index() {
    return folder.resolve("index.txt");
  }

  /** Fails unless the client's first stream is guarded by its own module. */
  void start(StartKind kind, StartClient client, Jdk jdk) {
    String id = kind + "-" + client.name() + "-" + jdk.feature() + "-" + runs.incrementAndGet();
    JobLine stall = job(client, id, Scenario.STALL_MID);
    JobLine first = kind == StartKind.ATTACH ? job(client, id + "-ok", Scenario.OK) : stall;
    JavaCommand command = command(kind, jdk);
    try (ProbeProcess process =
        ProbeProcess.start(command.mainClass(MAIN, client.probe(), client.probe(), first.text()))) {
      Outcome outcome = process.await(first);
      if (kind == StartKind.ATTACH) {
        AttachIT.attach(process, SETTINGS);
        outcome = process.run(stall);
      }
      assertThat(outcome.ending()).as(id).contains(LIMIT);
      process.awaitErr("client " + client.module() + ",", 1);
      assertThat(process.err())
          .noneMatch(line -> line.contains("internal error"))
          .noneMatch(line -> line.contains(" is not used by this JVM"));
    }
  }

  private JobLine job(StartClient client, String id, Scenario scenario) {
    return JobLine.named(server, id, client.form(), Protocol.H1, scenario, "");
  }

  private JavaCommand command(StartKind kind, Jdk jdk) {
    JavaCommand command = plain(jdk);
    switch (kind) {
      case AOT_WITHOUT_US:
      case AOT_WITH_US:
        command.jvmOptions("-XX:AOTCache=" + archive(kind, jdk), "-XX:AOTMode=on");
        break;
      case APP_CDS:
        command.jvmOptions("-XX:SharedArchiveFile=" + archive(kind, jdk));
        break;
      case OTHER_AGENT:
        command.agent(otherAgent(), index().toString());
        break;
      default:
        break;
    }
    return kind == StartKind.ATTACH ? command : command.agent(ProbeProcess.agent(), SETTINGS);
  }

  private JavaCommand plain(Jdk jdk) {
    return ProbeProcess.command(jdk, server.trustStore()).classPath(classPath);
  }

  private Path archive(StartKind kind, Jdk jdk) {
    return archives.computeIfAbsent(kind + "-" + jdk.feature(), name -> trained(name, kind, jdk));
  }

  private Path trained(String name, StartKind kind, Jdk jdk) {
    Path archive = folder.resolve(name + ".archive");
    JavaCommand command = plain(jdk);
    if (kind == StartKind.APP_CDS) {
      command.jvmOptions("-XX:ArchiveClassesAtExit=" + archive);
    } else {
      command.jvmOptions("-XX:AOTCacheOutput=" + archive);
    }
    if (kind == StartKind.AOT_WITH_US) {
      command.agent(ProbeProcess.agent(), SETTINGS);
    } else {
      command.jvmOptions("--add-modules=java.instrument");
    }
    train(command, allClients(name, jdk));
    assertThat(archive).exists();
    return archive;
  }

  private String[] allClients(String name, Jdk jdk) {
    List<StartClient> clients =
        StartClient.ALL.stream().filter(client -> client.isOn(jdk)).toList();
    return Stream.concat(
            Stream.of(clients.get(0).probe()),
            clients.stream()
                .flatMap(
                    client ->
                        Stream.of(
                            client.probe(),
                            job(client, name + "-" + client.name(), Scenario.OK).text())))
        .toArray(String[]::new);
  }

  private static void train(JavaCommand command, String[] arguments) {
    try (AgentProcess process = command.mainClass(MAIN, arguments).start()) {
      process.awaitLine("READY"::equals, TRAINING);
      process.closeInput();
      assertThat(process.awaitExit(TRAINING)).isZero();
    }
  }

  /** What a JVM says whose AOT cache was made without the module that agents need. */
  String lineOfLostCache(Jdk jdk) {
    Path archive = folder.resolve("lost.archive");
    train(
        plain(jdk).jvmOptions("-XX:AOTCacheOutput=" + archive),
        new String[] {"HttpUrlConnectionProbe"});
    JavaCommand command = plain(jdk).jvmOptions("-XX:AOTCache=" + archive);
    try (ProbeProcess process =
        ProbeProcess.start(
            command
                .agent(ProbeProcess.agent(), SETTINGS)
                .mainClass(MAIN, "HttpUrlConnectionProbe"))) {
      return process.awaitErr(" is not used by this JVM: ", 1).get(0);
    }
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
