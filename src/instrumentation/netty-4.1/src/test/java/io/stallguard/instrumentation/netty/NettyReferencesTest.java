package io.stallguard.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.tooling.InstrumentationModule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class NettyReferencesTest {
  private static final List<String> HTTP1_ALONE = List.of("GuardedCodec", "HttpMessages");
  private static final List<String> HTTP2_ALONE = List.of("GuardedStreams", "Http2Frames");

  @Test
  void listsExactlyWhatTheHelpersOfHttp1Use() throws Exception {
    check(new NettyInstrumentation(), HTTP2_ALONE);
  }

  @Test
  void listsExactlyWhatTheHelpersOfHttp2Use() throws Exception {
    check(new NettyHttp2Instrumentation(), HTTP1_ALONE);
  }

  private static void check(InstrumentationModule module, List<String> others) throws Exception {
    TreeSet<String> used = new TreeSet<>();
    for (Path helper : helpers()) {
      String name = helper.getFileName().toString().replace(".class", "");
      if (!others.contains(name)) {
        new ClassReader(Files.readAllBytes(helper)).accept(new Uses(used), 0);
      }
    }

    assertThat(module.references())
        .as("references() should be%n%s", source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }

  private static List<Path> helpers() throws IOException, URISyntaxException {
    Path classes =
        Path.of(
            NettyInstrumentation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files =
        Files.list(classes.resolve("io/stallguard/instrumentation/netty/helpers"))) {
      List<Path> helpers = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(helpers).isNotEmpty();
      return helpers;
    }
  }

  private static String source(TreeSet<String> references) {
    return String.join(
        ",\n", references.stream().map(reference -> "        \"" + reference + "\"").toList());
  }

  private static boolean isClient(String internalName) {
    return internalName.startsWith("io/netty/");
  }

  /** Members of the client that a helper calls or overrides. */
  private static final class Uses extends ClassVisitor {
    private final TreeSet<String> used;
    private String[] supertypes = {};

    Uses(TreeSet<String> used) {
      super(OpenedClassReader.ASM_API);
      this.used = used;
    }

    @Override
    public void visit(
        int version, int access, String name, String sign, String superName, String[] interfaces) {
      supertypes =
          Stream.concat(Stream.of(superName), Stream.of(interfaces)).toArray(String[]::new);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String sign, String[] exceptions) {
      for (String supertype : supertypes) {
        if (isClient(supertype) && isOverridden(supertype, name, descriptor)) {
          used.add(supertype + "#" + name + descriptor);
        }
      }
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          use(owner, method, type);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle) {
              Handle handle = (Handle) argument;
              use(handle.getOwner(), handle.getName(), handle.getDesc());
            }
          }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          assertThat(owner).as("fields are no references").matches(own -> !isClient(own));
        }
      };
    }

    private void use(String owner, String method, String descriptor) {
      if (isClient(owner)) {
        used.add(owner + "#" + method + descriptor);
      }
    }

    private static boolean isOverridden(String supertype, String name, String descriptor) {
      try {
        Class<?> type = Class.forName(supertype.replace('/', '.'));
        return Stream.of(type.getMethods())
            .anyMatch(
                method ->
                    method.getName().equals(name)
                        && Type.getMethodDescriptor(method).equals(descriptor));
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
  }
}
