package io.stallguard.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The server as a program, for scripts and for tests that need it in a process of its own: prints
 * where it listens and ends with its standard input. A line {@code exchanges WORD} there makes it
 * print what became of each exchange so far, and that line again.
 */
@Command(
    name = "stall-server",
    mixinStandardHelpOptions = true,
    description = "Plays LLM response streams that go silent, on loopback unless told otherwise.",
    footer = {
      "",
      "Base URL of a scenario: http://127.0.0.1:PORT/scenario/NAME[;setting=value...]",
      "Prints clear=URL, tls1=URL, tls2=URL, trust-store=FILE and trust-store-password=TEXT."
    })
public final class StallServerMain implements Callable<Integer> {

  @Option(
      names = "--host",
      description = "address to listen on (default: ${DEFAULT-VALUE})",
      defaultValue = StallServer.LOOPBACK)
  private String host = StallServer.LOOPBACK;

  @Option(names = "--port", description = "HTTP/1.1 and h2c without TLS (default: a free port)")
  private int clear;

  @Option(names = "--tls1-port", description = "HTTP/1.1 over TLS (default: a free port)")
  private int tls1;

  @Option(names = "--tls2-port", description = "HTTP/2 over TLS (default: a free port)")
  private int tls2;

  @Option(
      names = "--ignore-stdin",
      description = "runs until a signal, for a job in the background")
  private boolean ignoreStdin;

  @Option(names = "--list", description = "prints the names of the scenarios and ends")
  private boolean list;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StallServerMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Arrays.stream(Scenario.values()).map(Scenario::pathName).forEach(System.out::println);
      return 0;
    }
    try (StallServer server = StallServer.start(host, ports())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      print(server);
      awaitEnd(server);
    }
    return 0;
  }

  private Map<Port, Integer> ports() {
    return new EnumMap<>(Map.of(Port.CLEAR, clear, Port.TLS1, tls1, Port.TLS2, tls2));
  }

  private static void print(StallServer server) {
    for (Port port : Port.values()) {
      System.out.println(port.name().toLowerCase(Locale.ROOT) + "=" + server.base(port));
    }
    System.out.println("trust-store=" + server.trustStore().file());
    System.out.println("trust-store-password=" + server.trustStore().password());
  }

  private void awaitEnd(StallServer server) throws IOException, InterruptedException {
    if (ignoreStdin) {
      new CountDownLatch(1).await();
    }
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("exchanges ")) {
        server.exchanges().forEach(System.out::println);
        System.out.println(line);
      }
    }
  }
}
