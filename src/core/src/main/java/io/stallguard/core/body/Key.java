package io.stallguard.core.body;

/** The keys that some dialect is known by, or says something with. */
public enum Key {
  TYPE("type"),
  EVENT("event"),
  EVENT_TYPE("event_type"),
  METHOD("method"),
  FINISH_REASON("finish_reason"),
  FINISH_REASON_CAMEL("finishReason"),
  STOP_REASON("stop_reason"),
  DONE("done"),
  ERROR("error"),
  CODE("code"),
  STATUS("status"),
  OBJECT("object"),
  MODEL("model"),
  CREATED_AT("created_at"),
  CHOICES("choices"),
  DELTA("delta"),
  ROLE("role"),
  MESSAGE("message"),
  TEXT("text"),
  CONTENT("content"),
  ANSWER("answer"),
  USAGE("usage"),
  PROMPT_FILTER_RESULTS("prompt_filter_results"),
  CANDIDATES("candidates"),
  USAGE_METADATA("usageMetadata"),
  IS_FINISHED("is_finished"),
  TOKEN("token"),
  GENERATED_TEXT("generated_text"),
  STOP("stop"),
  RESULTS("results"),
  OUTPUT("output"),
  REQUEST_ID("request_id"),
  JSONRPC("jsonrpc"),
  RESULT("result"),
  FINAL("final"),
  INVOCATION_METRICS("amazon-bedrock-invocationMetrics"),
  INDEX("index"),
  ARGS("args"),
  ARGUMENTS("arguments"),
  INPUT("input"),
  TOOL_CALLS("tool_calls"),
  STOP_REASON_CAMEL("stopReason"),
  DONE_REASON("done_reason"),
  MESSAGE_TYPE("messageType"),
  RESPONSE("response"),
  ARTIFACT("artifact"),
  ID("id"),
  RESPONSE_ID("responseId"),
  RUN_ID("runId");

  private final String text;

  Key(String text) {
    this.text = text;
  }

  /** As it stands in the data. */
  public String text() {
    return text;
  }

  /** Its place in the list: for bits and arrays in memory only, nothing is stored by it. */
  @SuppressWarnings("EnumOrdinal")
  public int number() {
    return ordinal();
  }

  long bit() {
    return 1L << number();
  }

  /** Whether what it has was made by the model for a tool, and may have any keys. */
  public boolean isArguments() {
    return this == ARGS || this == ARGUMENTS || this == INPUT;
  }

  /** Whether it has answers that run side by side. */
  public boolean hasAlternatives() {
    return this == CHOICES || this == CANDIDATES;
  }

  /** Whether a string that it has may be a piece of an answer. */
  public boolean isText() {
    switch (this) {
      case TEXT:
      case CONTENT:
      case ANSWER:
      case GENERATED_TEXT:
      case RESPONSE:
        return true;
      default:
        return false;
    }
  }

  /** Whether the value of the key, at any depth and in any length of event, tells of the end. */
  public boolean isReason() {
    switch (this) {
      case FINISH_REASON:
      case FINISH_REASON_CAMEL:
      case STOP_REASON:
      case STOP_REASON_CAMEL:
      case DONE_REASON:
        return true;
      default:
        return false;
    }
  }
}
