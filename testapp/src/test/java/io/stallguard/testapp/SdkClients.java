package io.stallguard.testapp;

import static io.stallguard.testapp.SdkClient.Trait.ENDS_WHEN_CUT;
import static io.stallguard.testapp.SdkClient.Trait.FAILS_ON_HEARTBEATS;
import static io.stallguard.testapp.SdkClient.Trait.HANDS_OUT_EVENTS;
import static io.stallguard.testapp.SdkClient.Trait.KEEPS_ONE_BACK;
import static io.stallguard.testapp.SdkClient.Trait.REPEATS_WHAT_DELIVERED_NOTHING;
import static io.stallguard.testapp.Transport.APACHE_4;
import static io.stallguard.testapp.Transport.APACHE_5;
import static io.stallguard.testapp.Transport.JAVA_HTTP_CLIENT;
import static io.stallguard.testapp.Transport.JETTY;
import static io.stallguard.testapp.Transport.NETTY;
import static io.stallguard.testapp.Transport.OKHTTP;
import static io.stallguard.testapp.Transport.URL_CONNECTION;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Provider;
import java.util.List;
import java.util.stream.Stream;

/** All SDKs and wrappers of the matrix. */
final class SdkClients {
  private static final String MESSAGES = Provider.ANTHROPIC.path();

  private SdkClients() {}

  static List<SdkClient> all() {
    return Stream.of(frameworks(), providers(), wrappers(), readers(), jaxRs())
        .flatMap(List::stream)
        .toList();
  }

  /** SDKs over the APIs of several providers. */
  private static List<SdkClient> frameworks() {
    return List.of(
        SdkClient.of(
            "langchain4j",
            "sdk.LangChain4jProbe",
            Way.of("anthropic", JAVA_HTTP_CLIENT),
            Way.of("open-ai", JAVA_HTTP_CLIENT),
            Way.of("ollama", JAVA_HTTP_CLIENT),
            Way.of("mistral-ai", JAVA_HTTP_CLIENT),
            Way.of("google-ai-gemini", JAVA_HTTP_CLIENT)),
        SdkClient.of(
            "spring-ai",
            "sdk.SpringAiProbe",
            Way.of("anthropic", OKHTTP),
            Way.of("openai", OKHTTP),
            Way.of("ollama", JAVA_HTTP_CLIENT)),
        SdkClient.of(
            "spring-ai-1",
            "springai1.SpringAi1Probe",
            Way.of("anthropic", NETTY),
            Way.of("openai", NETTY, KEEPS_ONE_BACK),
            Way.of("ollama", NETTY)));
  }

  /** SDKs for the API of one provider. */
  private static List<SdkClient> providers() {
    return List.of(
        SdkClient.of(
            "anthropic-java",
            "sdk.AnthropicProbe",
            Way.of("sync", OKHTTP),
            Way.of("async", OKHTTP)),
        SdkClient.of(
            "openai-java",
            "sdk.OpenAiProbe",
            Way.of("chat", OKHTTP),
            Way.of("chat-async", OKHTTP),
            Way.of("responses", OKHTTP),
            Way.of("responses-async", OKHTTP)),
        SdkClient.of(
            "google-genai",
            "sdk.GoogleGenAiProbe",
            Way.of("sync", OKHTTP),
            Way.of("async", OKHTTP)),
        SdkClient.of(
            "cohere-java", "sdk.CohereProbe", Way.of("chat-stream", OKHTTP, ENDS_WHEN_CUT)),
        SdkClient.of(
            "ollama4j", "sdk.Ollama4jProbe", Way.of("chat", JAVA_HTTP_CLIENT, FAILS_ON_HEARTBEATS)),
        SdkClient.of(
            "bedrockruntime",
            "sdk.BedrockProbe",
            Way.of("converse-stream", NETTY, REPEATS_WHAT_DELIVERED_NOTHING),
            Way.of("invoke-model", NETTY, REPEATS_WHAT_DELIVERED_NOTHING)),
        // Sends its key over TLS only.
        SdkClient.of(
                "azure-ai-openai",
                "sdk.AzureOpenAiProbe",
                Way.of("sync", NETTY, FAILS_ON_HEARTBEATS),
                Way.of("async", NETTY, FAILS_ON_HEARTBEATS))
            .over(Port.TLS1));
  }

  /** Those around other people's HTTP clients. */
  private static List<SdkClient> wrappers() {
    return List.of(
        SdkClient.of(
                "spring-web",
                "sdk.SpringWebProbe",
                Way.of("rest-client-jdk", JAVA_HTTP_CLIENT),
                Way.of("rest-client-simple", URL_CONNECTION),
                Way.of("rest-client-http-components", APACHE_5),
                Way.of("rest-client-reactor", NETTY),
                Way.of("rest-client-jetty", JETTY),
                Way.of("rest-template-jdk", JAVA_HTTP_CLIENT),
                Way.of("rest-template-simple", URL_CONNECTION),
                Way.of("rest-template-http-components", APACHE_5))
            .asking(MESSAGES),
        SdkClient.of(
                "feign",
                "sdk.FeignProbe",
                Way.of("default", URL_CONNECTION),
                Way.of("okhttp", OKHTTP),
                Way.of("java11", JAVA_HTTP_CLIENT))
            .asking(MESSAGES),
        SdkClient.of(
                "retrofit",
                "sdk.RetrofitProbe",
                Way.of("execute", OKHTTP),
                Way.of("enqueue", OKHTTP))
            .asking(MESSAGES),
        SdkClient.of(
                "google-http-client",
                "sdk.GoogleHttpProbe",
                Way.of("net", URL_CONNECTION),
                Way.of("apache-v2", APACHE_4))
            .asking(MESSAGES));
  }

  /** What reads lines and events by itself, and takes what fails for the end if it may. */
  private static List<SdkClient> readers() {
    return List.of(
        SdkClient.of(
                "ktor",
                "sdk.KtorProbe",
                Way.of("okhttp", OKHTTP, HANDS_OUT_EVENTS, ENDS_WHEN_CUT),
                Way.of("java", JAVA_HTTP_CLIENT, HANDS_OUT_EVENTS, ENDS_WHEN_CUT),
                Way.of("apache5", APACHE_5, HANDS_OUT_EVENTS, ENDS_WHEN_CUT))
            .asking(MESSAGES),
        SdkClient.of(
                "scanner",
                "sdk.ScannerProbe",
                Way.of("url-connection", URL_CONNECTION, ENDS_WHEN_CUT),
                Way.of("java-http-client", JAVA_HTTP_CLIENT, ENDS_WHEN_CUT),
                Way.of("okhttp", OKHTTP, ENDS_WHEN_CUT),
                Way.of("http-components-5", APACHE_5, ENDS_WHEN_CUT),
                Way.of("http-components-4", APACHE_4, ENDS_WHEN_CUT))
            .asking(MESSAGES));
  }

  /** Clients of JAX-RS, where they hand out a stream; their event sources are another matter. */
  private static List<SdkClient> jaxRs() {
    return List.of(
        SdkClient.of(
                "jersey",
                "sdk.JaxRsProbe",
                Way.of("input-stream", URL_CONNECTION),
                Way.of("event-input", URL_CONNECTION, HANDS_OUT_EVENTS, ENDS_WHEN_CUT))
            .asking(MESSAGES),
        SdkClient.of("resteasy", "sdk.JaxRsProbe", Way.of("input-stream", APACHE_4))
            .asking(MESSAGES),
        SdkClient.of(
                "microprofile-rest-client",
                "sdk.MicroProfileProbe",
                Way.of("input-stream", APACHE_4))
            .asking(MESSAGES));
  }
}
