package io.stallguard.testapp;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the application. */
@Command(
    name = "testapp",
    sortOptions = false,
    description = "Streams the answer to a prompt from an LLM API to the terminal.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every answer was complete",
      "2:an answer ended with an exception",
      "64:bad arguments"
    })
public final class Main implements Callable<Integer> {
  private static final int COMPLETED = 0;
  private static final int FAILED = 2;

  /** {@code EX_USAGE} of sysexits, because picocli's own 2 already means that an answer failed. */
  private static final int BAD_ARGUMENTS = 64;

  @SuppressWarnings("NullAway.Init") // Picocli sets it.
  @Spec
  private CommandSpec spec;

  @Mixin private Options options = new Options();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    // Not a return: OkHttp's idle threads would keep the JVM alive for a minute.
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new Main(out, err))
        .registerConverter(ClientKind.class, word -> Words.parse(ClientKind.values(), word))
        .registerConverter(Provider.class, word -> Words.parse(Provider.values(), word))
        .registerConverter(Form.class, word -> Words.parse(Form.values(), word))
        .registerConverter(HttpVersion.class, word -> Words.parse(HttpVersion.values(), word))
        .setParameterExceptionHandler((bad, given) -> explain(bad, err))
        .execute(args);
  }

  private static int explain(ParameterException bad, PrintStream err) {
    err.println(bad.getMessage());
    err.println("Try --help for all options.");
    return BAD_ARGUMENTS;
  }

  @Override
  public Integer call() throws Exception {
    StreamingClient client;
    try {
      options.check();
      client = Clients.create(options);
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage());
    }
    return new Requests(client, options, out, err).run() ? COMPLETED : FAILED;
  }
}
