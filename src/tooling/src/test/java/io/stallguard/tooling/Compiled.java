package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a client for a test: any number of loaders can have a copy of it. */
final class Compiled {
  private final Path folder;

  private Compiled(Path folder) {
    this.folder = folder;
  }

  /**
   * Compiles one source.
   *
   * @param type the name of its public class
   */
  static Compiled source(Path folder, String type, String source) {
    StringWriter problems = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-d", folder.toString(), "-proc:none", "--release", "11");
    boolean done =
        compiler
            .getTask(problems, null, null, options, null, List.of(new Source(type, source)))
            .call();
    assertThat(done).as(problems.toString()).isTrue();
    return new Compiled(folder);
  }

  /** A loader with a copy of its own; its parent is the JDK's. */
  URLClassLoader loader() throws IOException {
    URL[] urls = {folder.toUri().toURL()};
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  byte[] bytes(String type) throws IOException {
    return Files.readAllBytes(folder.resolve(type.replace('.', '/') + ".class"));
  }

  /** The class file of a class of the tests. */
  static byte[] bytesOf(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Defines class files and knows nothing else of its own. */
  static final class Defining extends ClassLoader {
    Defining(ClassLoader parent) {
      super(parent);
    }

    Class<?> define(String name, byte[] bytes) {
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String source;

    Source(String type, String source) {
      super(
          URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
