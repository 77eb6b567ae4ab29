package io.stallguard.testapp;

/** An LLM client that hands on the events of an answer as they come. */
interface StreamingClient {
  /**
   * Returns when the answer is complete; throws what the library throws. Called from several
   * threads.
   */
  void stream(String prompt, Answer answer) throws Exception;
}
