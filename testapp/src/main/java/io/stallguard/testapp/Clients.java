package io.stallguard.testapp;

/** Makes the chosen client, and loads the classes of no other. */
final class Clients {
  private Clients() {}

  /** Throws {@link IllegalArgumentException} where this Java has no such client. */
  static StreamingClient create(Options options) {
    switch (options.client()) {
      case ANTHROPIC_SDK:
        return new AnthropicSdkClient(options);
      case OPENAI_SDK:
        return new OpenAiSdkClient(options);
      case OPENAI_RESPONSES_SDK:
        return new OpenAiResponsesSdkClient(options);
      case JAVA_HTTP_CLIENT:
        return javaHttpClient(options);
      case HTTP_URL_CONNECTION:
        return new HttpUrlConnectionClient(options);
      case OKHTTP:
        return new OkHttpStreamingClient(options);
      default:
        throw new AssertionError(options.client());
    }
  }

  /** By name, because that class is compiled for Java 11 and the others for 8. */
  private static StreamingClient javaHttpClient(Options options) {
    try {
      Class.forName("java.net.http.HttpClient");
      return Class.forName("io.stallguard.testapp.JavaHttpClient")
          .asSubclass(StreamingClient.class)
          .getDeclaredConstructor(Options.class)
          .newInstance(options);
    } catch (ReflectiveOperationException missing) {
      throw new IllegalArgumentException(
          "--client java-http-client expects Java 11 or later, this is "
              + System.getProperty("java.version"),
          missing);
    }
  }
}
