package io.stallguard.testapp;

import java.util.List;

/** "Hello world" as each LLM API streams it; each answer has its first text in its second event. */
final class LlmAnswers {
  private LlmAnswers() {}

  /** The events as sent, with their ends of lines. */
  static List<String> events(String path) {
    if (path.endsWith("/v1/messages")) {
      return anthropic();
    }
    if (path.endsWith("/chat/completions")) {
      return openai();
    }
    if (path.endsWith("/responses")) {
      return openaiResponses();
    }
    return path.endsWith("/api/chat") ? ollama() : gemini();
  }

  private static List<String> anthropic() {
    return List.of(
        named("message_start", "'message':" + emptyMessage()),
        named("content_block_delta", "'index':0,'delta':{'type':'text_delta','text':'Hello'}"),
        named("ping", "'more':0"),
        named("content_block_delta", "'index':0,'delta':{'type':'text_delta','text':' world'}"),
        named("message_stop", "'more':0"));
  }

  private static String emptyMessage() {
    String fields = "'id':'msg_1','type':'message','role':'assistant','model':'m','content':[]";
    String usage = "{'input_tokens':1,'output_tokens':1}";
    return "{" + fields + ",'stop_reason':null,'stop_sequence':null,'usage':" + usage + "}";
  }

  private static List<String> openai() {
    return List.of(chunk(""), chunk("Hello"), chunk(" world"), "data: [DONE]\n\n");
  }

  private static String chunk(String text) {
    String fields = "'id':'c','object':'chat.completion.chunk','created':1,'model':'m'";
    String choice = "{'index':0,'delta':{'content':'" + text + "'},'finish_reason':null}";
    return data("{" + fields + ",'choices':[" + choice + "]}");
  }

  private static List<String> openaiResponses() {
    return List.of(
        named("response.created", "'sequence_number':0,'response':{'id':'r'}"),
        named("response.output_text.delta", outputText("Hello")),
        named("response.output_text.delta", outputText(" world")),
        named("response.completed", "'sequence_number':3,'response':{'id':'r'}"));
  }

  private static String outputText(String text) {
    String fields = "'sequence_number':1,'item_id':'i','output_index':0,'content_index':0";
    return fields + ",'logprobs':[],'delta':'" + text + "'";
  }

  private static List<String> gemini() {
    return List.of(candidate(""), candidate("Hello"), candidate(" world"));
  }

  private static String candidate(String text) {
    return data("{'candidates':[{'content':{'parts':[{'text':'" + text + "'}]}}]}");
  }

  private static List<String> ollama() {
    return List.of(
        json("{'message':{'content':''},'done':false}") + "\n",
        json("{'message':{'content':'Hello'},'done':false}") + "\n",
        json("{'message':{'content':' world'},'done':false}") + "\n",
        json("{'message':{'content':''},'done':true}") + "\n");
  }

  private static String named(String type, String fields) {
    return "event: " + type + "\n" + data("{'type':'" + type + "'," + fields + "}");
  }

  private static String data(String json) {
    return "data: " + json(json) + "\n\n";
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
