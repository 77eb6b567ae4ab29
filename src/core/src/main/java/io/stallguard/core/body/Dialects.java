package io.stallguard.core.body;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dialects that are known. A new one is a file, a fixture of its forms, and a line here. */
final class Dialects {
  private static final Dialect[] ALL = {
    new Anthropic(),
    new OpenAiResponses(),
    new OpenAiAssistants(),
    new Cohere(),
    new CohereLines(),
    new BedrockConverse(),
    new BedrockInvoke(),
    new BedrockNova(),
    new BedrockTexts(),
    new AgUi(),
    new Coze(),
    new Dify(),
    new LmStudio(),
    new MistralConversations(),
    new VercelLines(),
    new VercelMessages(),
    new JsonRpc(),
    new OpenAiChat(),
    new Gemini(),
    new Ollama(),
    new TextGeneration(),
    new LlamaCpp(),
    new DashScope(),
    new Watsonx(),
    new WorkersAi(),
    new SpringAi()
  };

  private Dialects() {}

  /** All dialects, for people. */
  static List<Dialect> all() {
    return Collections.unmodifiableList(Arrays.asList(ALL));
  }

  /** What a name means where it stands; null if no dialect has it. */
  static @Nullable Meaning ofName(Place place, String word) {
    for (Dialect dialect : ALL) {
      Saying saying = dialect.ofName(place, word);
      if (saying != null) {
        return new Meaning(dialect, saying, word);
      }
    }
    return null;
  }

  /** The dialect that these keys are of on this path; null if of none, or not for certain. */
  static @Nullable Dialect ofData(EventData data, String path) {
    if (!data.hasAny() || data.wasNobodys()) {
      return null;
    }
    for (Dialect dialect : ALL) {
      Saying saying = dialect.ofData(data);
      if (saying != null && dialect.isOwnByKeys(saying, data, path)) {
        return dialect;
      }
    }
    data.isNobodys();
    return null;
  }

  /** Whether any dialect is expected on this path. */
  static boolean isKnownPath(String path) {
    for (Dialect dialect : ALL) {
      if (dialect.isPath(path)) {
        return true;
      }
    }
    return false;
  }
}
