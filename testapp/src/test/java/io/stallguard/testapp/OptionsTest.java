package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bad arguments are answered with. */
class OptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --client curl                                  | expected one of anthropic-sdk, openai-sdk, openai-responses-sdk, java-http-client, http-url-connection, okhttp but was 'curl'
          --client okhttp --provider cohere              | expected one of anthropic, openai, openai-responses, gemini, ollama but was 'cohere'
          --client okhttp --http-version 3               | expected one of 1.1, 2 but was '3'
          --client okhttp --form lines                   | --client okhttp expects a --form of [blocking, enqueue, sse], not lines
          --client openai-sdk --form lines               | --form expects --client java-http-client or okhttp, not openai-sdk
          --client okhttp --form sse --provider ollama   | --form sse expects a provider of server-sent events, not ollama
          --client okhttp --async                        | --async expects --client java-http-client, not okhttp
          --client openai-sdk --provider gemini          | --client openai-sdk speaks openai only, not gemini
          --client openai-sdk --http-version 2           | --http-version expects --client java-http-client or okhttp, not openai-sdk
          --client okhttp --max-retries 1                | --max-retries expects an SDK as --client, not okhttp
          --client openai-sdk --max-retries -1           | --max-retries expects a number from 0, not -1
          --client okhttp --repeat 0                     | --repeat expects a number from 1, not 0
          --client okhttp --parallel x                   | Invalid value for option '--parallel': 'x' is not an int
          --client okhttp --base-url localhost:80        | --base-url expects an http:// or https:// URL, not localhost:80
          """)
  void namesWhatWasExpected(String args, String message) {
    AppRun run = new AppRun(args.trim().split(" +"));

    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err()).contains(message);
  }
}
