package io.stallguard.testapp;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients to choose from, named as on the command line. */
enum ClientKind {
  ANTHROPIC_SDK(Provider.ANTHROPIC),
  OPENAI_SDK(Provider.OPENAI),
  OPENAI_RESPONSES_SDK(Provider.OPENAI_RESPONSES),
  JAVA_HTTP_CLIENT(
      Form.INPUT_STREAM, Form.LINES, Form.STRING, Form.LINE_SUBSCRIBER, Form.PUBLISHER),
  HTTP_URL_CONNECTION,
  OKHTTP(Form.BLOCKING, Form.ENQUEUE, Form.SSE);

  private final @Nullable Provider provider;
  private final List<Form> forms;

  ClientKind(Provider provider) {
    this.provider = provider;
    this.forms = Collections.emptyList();
  }

  ClientKind(Form... forms) {
    this.provider = null;
    this.forms = Collections.unmodifiableList(Arrays.asList(forms));
  }

  /** Whether the client speaks plain HTTP, so that the provider is the user's choice. */
  boolean isRaw() {
    return provider == null;
  }

  /** Null for a raw client. */
  @Nullable Provider provider() {
    return provider;
  }

  /** The default first; empty where there is only one way. */
  List<Form> forms() {
    return forms;
  }

  @Override
  public String toString() {
    return Words.of(this);
  }
}
