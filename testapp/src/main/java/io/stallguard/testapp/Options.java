package io.stallguard.testapp;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the user asked for on the command line, with the defaults filled in. */
final class Options {
  @Option(names = "--client", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // Picocli insists on it.
  private ClientKind client;

  @Option(
      names = "--provider",
      description =
          "The API that a raw client speaks, one of ${COMPLETION-CANDIDATES}; default: anthropic."
              + " An SDK implies its own.")
  private @Nullable Provider provider;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "What precedes the path of the request, as in the provider's SDK; default: the provider's"
              + " own API.")
  private @Nullable String baseUrl;

  @Option(
      names = "--form",
      description =
          "How a raw client is used. java-http-client: input-stream (default), lines, string,"
              + " line-subscriber, publisher; okhttp: blocking (default), enqueue, sse.")
  private @Nullable Form form;

  @Option(names = "--async", description = "java-http-client: sendAsync instead of send.")
  private boolean async;

  @Option(
      names = "--http-version",
      description =
          "java-http-client and okhttp, one of ${COMPLETION-CANDIDATES}; default: the client's"
              + " own.")
  private @Nullable HttpVersion httpVersion;

  @Option(names = "--model", description = "Default: a current one of the provider.")
  private @Nullable String model;

  @Option(names = "--api-key", paramLabel = "KEY", description = "Default: ${DEFAULT-VALUE}.")
  private String apiKey = "dummy";

  @Option(
      names = "--max-retries",
      paramLabel = "N",
      description = "The SDKs' own retries; default: the SDK's.")
  private @Nullable Integer maxRetries;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Requests after one another on the same client, going on after an exception; default:"
              + " ${DEFAULT-VALUE}.")
  private int repeat = 1;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Threads that do so at the same time on the same client; default: ${DEFAULT-VALUE}.")
  private int parallel = 1;

  @Parameters(paramLabel = "PROMPT", arity = "0..1", description = "Default: ${DEFAULT-VALUE}")
  private String prompt = "Why is the sky blue?";

  /** Throws {@link IllegalArgumentException} for options that contradict each other. */
  void check() {
    checkProvider();
    checkForm();
    checkVersionAndRetries();
    require(repeat >= 1, "--repeat expects a number from 1, not " + repeat);
    require(parallel >= 1, "--parallel expects a number from 1, not " + parallel);
    require(
        baseUrl().matches("https?://.+"),
        "--base-url expects an http:// or https:// URL, not " + baseUrl);
  }

  private void checkProvider() {
    require(
        provider == null || client.isRaw() || provider == client.provider(),
        "--client " + client + " speaks " + client.provider() + " only, not " + provider);
  }

  private void checkForm() {
    require(
        form == null || !client.forms().isEmpty(),
        "--form expects --client java-http-client or okhttp, not " + client);
    require(
        form == null || client.forms().contains(form),
        "--client " + client + " expects a --form of " + client.forms() + ", not " + form);
    require(
        !async || client == ClientKind.JAVA_HTTP_CLIENT,
        "--async expects --client java-http-client, not " + client);
    require(
        form != Form.SSE || provider().isServerSentEvents(),
        "--form sse expects a provider of server-sent events, not " + provider());
  }

  private void checkVersionAndRetries() {
    require(
        httpVersion == null || !client.forms().isEmpty(),
        "--http-version expects --client java-http-client or okhttp, not " + client);
    require(
        maxRetries == null || !client.isRaw(),
        "--max-retries expects an SDK as --client, not " + client);
    require(
        maxRetries == null || maxRetries >= 0,
        "--max-retries expects a number from 0, not " + maxRetries);
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new IllegalArgumentException(message);
    }
  }

  ClientKind client() {
    return client;
  }

  Provider provider() {
    Provider implied = client.provider();
    if (implied != null) {
      return implied;
    }
    return provider == null ? Provider.ANTHROPIC : provider;
  }

  /** Without a slash at its end. */
  String baseUrl() {
    return baseUrl == null ? provider().baseUrl() : baseUrl.replaceFirst("/+$", "");
  }

  /** For a client that has forms. */
  Form form() {
    return form == null ? client.forms().get(0) : form;
  }

  boolean isAsync() {
    return async;
  }

  /** Null for the client's own default. */
  @Nullable HttpVersion httpVersion() {
    return httpVersion;
  }

  String model() {
    return model == null ? provider().model() : model;
  }

  String apiKey() {
    return apiKey;
  }

  /** Null for the SDK's own default. */
  @Nullable Integer maxRetries() {
    return maxRetries;
  }

  int repeat() {
    return repeat;
  }

  int parallel() {
    return parallel;
  }

  String prompt() {
    return prompt;
  }
}
