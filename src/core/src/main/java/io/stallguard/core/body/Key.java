package io.stallguard.core.body;

/** The keys that some dialect is known by, or says something with. */
enum Key {
  // Three groups. Of the first it is asked what stands under a key, and where: 64 keys, as many as
  // a word has bits, and all of them are taken. The second has room for 64 too. A test counts both.
  // A key may have to be named below as well, if its value is a text or a place of pieces, say.

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
  THINKING("thinking"),
  REASONING_CONTENT("reasoning_content"),
  METADATA("metadata"),
  SAFETY_RATINGS("safetyRatings"),
  PARTS("parts"),
  PROMPT_PROGRESS("prompt_progress"),
  TOKENS_PREDICTED("tokens_predicted"),
  TASK_ID("task_id"),
  ID("id"),
  MESSAGE_ID("messageId"),
  X_GROQ("x_groq"),
  GENERATION("generation"),
  OUTPUT_TEXT("outputText"),
  OUTPUTS("outputs"),
  COMPLETION_REASON("completionReason"),
  MESSAGE_START("messageStart"),
  CONTENT_BLOCK_DELTA("contentBlockDelta"),
  MESSAGE_STOP("messageStop"),
  ARTIFACT("artifact"),

  // From here on it is asked only whether an event has them somewhere.
  RESPONSE_ID("responseId"),
  RUN_ID("runId"),
  STATE("state"),
  TASK("task"),
  STATUS_UPDATE("statusUpdate"),
  ARTIFACT_UPDATE("artifactUpdate"),
  THREAD_ID("threadId"),
  CONVERSATION_ID("conversation_id"),
  WORKFLOW_RUN_ID("workflow_run_id"),
  SNAKE_MESSAGE_ID("message_id"),
  MODEL_INSTANCE_ID("model_instance_id"),
  MODEL_ID("model_id"),
  SEQUENCE_NUMBER("sequence_number"),
  ITEM_ID("item_id"),
  CALL_ID("call_id"),
  FUNCTION_CALL("function_call"),
  FUNCTION_CALL_CAMEL("functionCall"),
  BLOCK_REASON("blockReason"),
  SPECIAL("special"),

  // From here on it matters only what stands there.
  TOOL_CALL_DELTA("tool_call_delta"),
  REASONING("reasoning"),
  REASONING_CONTENT_CAMEL("reasoningContent");

  private final String text;

  Key(String text) {
    this.text = text;
  }

  /** The key as it stands in the data. */
  String text() {
    return text;
  }

  /** The key's place in the list: for bits and arrays in memory only, nothing is stored by it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }

  /** This key in a set of keys that is one word; 0 for keys that {@link #proof} has. */
  long bit() {
    return number() < Long.SIZE ? 1L << number() : 0;
  }

  /**
   * This key in a set of those keys without a {@link #bit} that are proofs of a dialect, wherever
   * they stand; 0 for all others.
   */
  long proof() {
    boolean isOne = number() >= Long.SIZE && number() <= SPECIAL.number();
    return isOne ? 1L << (number() - Long.SIZE) : 0;
  }

  /** More than 0 if the key's value stands in for an id, for dialects that have no other. */
  int standIn() {
    return this == MODEL ? 1 : this == INDEX ? 2 : 0;
  }

  /** Whether the value was made by the model for a tool, and may have any keys. */
  boolean isArguments() {
    return this == ARGS || this == ARGUMENTS || this == INPUT;
  }

  /** Whether the value has answers that run side by side. */
  boolean hasAlternatives() {
    return this == CHOICES || this == CANDIDATES;
  }

  /** Whether the value, if it is a string, may be a piece of an answer. */
  boolean isText() {
    switch (this) {
      case TEXT:
      case CONTENT:
      case ANSWER:
      case GENERATED_TEXT:
      case RESPONSE:
      case DELTA:
      case THINKING:
      case REASONING:
      case REASONING_CONTENT:
      case REASONING_CONTENT_CAMEL:
      case GENERATION:
      case OUTPUT_TEXT:
        return true;
      default:
        return false;
    }
  }

  /** Whether the value, if it is an object or a list, is a piece of an answer. */
  boolean isPlaceOfPieces() {
    return this == DELTA
        || this == MESSAGE
        || this == CONTENT
        || this == OUTPUT
        || this == CANDIDATES
        || this == TOOL_CALL_DELTA;
  }

  /**
   * Whether the value, if it is an object or a list, may say of an answer, or a task, that it is
   * whole.
   */
  boolean isPlaceOfAnswer() {
    switch (this) {
      case CHOICES:
      case CANDIDATES:
      case DELTA:
      case MESSAGE:
      case RESPONSE:
      case RESULT:
      case RESULTS:
      case OUTPUT:
      case OUTPUTS:
      case MESSAGE_STOP:
      case STATUS:
      case TASK:
      case STATUS_UPDATE:
        return true;
      default:
        return false;
    }
  }

  /** Whether the value is about a piece, and is none. */
  boolean isAside() {
    return this == METADATA || this == SAFETY_RATINGS;
  }

  /** Whether the value says what a piece is, and is none. */
  boolean isLabel() {
    switch (this) {
      case ROLE:
      case TYPE:
      case INDEX:
      case ID:
      case OBJECT:
      case MODEL:
      case MESSAGE_TYPE:
        return true;
      default:
        return isReason();
    }
  }

  /** Whether the value of the key, at any depth and in any length of event, tells of the end. */
  boolean isReason() {
    switch (this) {
      case FINISH_REASON:
      case FINISH_REASON_CAMEL:
      case STOP_REASON:
      case STOP_REASON_CAMEL:
      case DONE_REASON:
      case COMPLETION_REASON:
        return true;
      default:
        return false;
    }
  }
}
