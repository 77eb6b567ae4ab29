package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.agent.Hooks;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

class WeaverTest {
  private static final String GREET = "(Ljava/lang/String;)Ljava/lang/String;";
  private static final int MAJOR_VERSION = 7;

  @Test
  void inlinesTheAdvice() throws Exception {
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("greet", GREET, ShoutAdvice.class);

    assertThat(greet(woven(instrumentation), "you")).isEqualTo("hello YOU");
  }

  @Test
  void leavesNoTraceOfTheAdviceClass() throws Exception {
    byte[] woven =
        Weaver.weave(
            of(Greeter.class).advise("greet", GREET, ShoutAdvice.class), classFile(Greeter.class));

    assertThat(new String(woven, StandardCharsets.ISO_8859_1)).doesNotContain("ShoutAdvice");
  }

  @Test
  void keepsFailuresOfTheAdviceFromTheApp() throws Exception {
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("greet", GREET, FailingAdvice.class);

    assertThat(greet(woven(instrumentation), "you")).isEqualTo("hello you");
  }

  @Test
  void addsNothingThatARetransformationMayNotAdd() throws Exception {
    Class<?> woven = woven(of(Greeter.class).advise("greet", GREET, ShoutAdvice.class));

    assertThat(woven.getDeclaredFields()).hasSameSizeAs(Greeter.class.getDeclaredFields());
    assertThat(woven.getDeclaredMethods()).hasSameSizeAs(Greeter.class.getDeclaredMethods());
    assertThat(woven.getInterfaces()).isEmpty();
  }

  @Test
  void findsAMethodByItsNameAloneWhereItsDescriptorChanged() throws Exception {
    Class<?> woven = woven(of(Greeter.class).advise("greet", ShoutAdvice.class));

    assertThat(greet(woven, "you")).isEqualTo("hello YOU");
  }

  @Test
  void leavesAMethodOutThatMayBeMissing() throws Exception {
    TypeInstrumentation missing = of(Greeter.class).advise("greet", "()V", ShoutAdvice.class);

    assertThatThrownBy(() -> woven(missing)).hasMessage("there is no greet()V");
    assertThat(greet(woven(missing.whereThere()), "you")).isEqualTo("hello you");
    assertThat(greet(woven(missing.settled(true, false)), "you")).isEqualTo("hello you");
  }

  @Test
  void followsFieldsForAdvice() throws Exception {
    Class<?> woven = woven(of(Greeter.class).advise("say", GREET, PathAdvice.class));

    Object greeter = woven.getConstructor().newInstance();
    assertThat(woven.getMethod("say", String.class).invoke(greeter, "you")).isEqualTo("hello 1");
  }

  @Test
  void looksTheHookUpForAdvice() throws Exception {
    Class<?> woven = woven(of(Greeter.class).advise("greet", GREET, HookAdvice.class));

    Hooks.hook = (module, arguments) -> module + " " + arguments[1] + " " + arguments[2];
    assertThat(greet(woven, "you")).isEqualTo("hello module join you");
    assertThat(greet(woven, "nobody")).isEqualTo("hello nobody");
    Hooks.hook = null;
    assertThat(greet(woven, "you")).isEqualTo("hello you");
  }

  @Test
  void looksTheHookUpByTheClassLoaderOfTheWovenClass() throws Exception {
    TypeInstrumentation type = of(Greeter.class).advise("greet", GREET, HookAdvice.class);
    byte[] bytes = Weaver.weave(type, classFile(Greeter.class), HookAccess.BY_OWN_LOADER);
    ClassLoader blind = ClassLoader.getPlatformClassLoader();

    Hooks.hook = (module, arguments) -> module;
    assertThat(greet(new Below().define(bytes), "you")).isEqualTo("hello module");
    assertThat(greet(new Compiled.Defining(blind).define(Greeter.class.getName(), bytes), "you"))
        .isEqualTo("hello you");
    Hooks.hook = null;
  }

  /** Sees what the app sees, and has another Greeter. */
  private static final class Below extends ClassLoader {
    Below() {
      super(WeaverTest.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(Greeter.class.getName(), bytes, 0, bytes.length);
    }
  }

  @Test
  void standsBackFromFieldsThatAreNotThere() {
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("say", GREET, LostPathAdvice.class);

    assertThatThrownBy(() -> Weaver.weave(instrumentation, classFile(Greeter.class)))
        .hasStackTraceContaining("there is no field")
        .hasStackTraceContaining("nobody");
  }

  @Test
  void standsBackFromAMethodThatIsNotThere() {
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("greet", "()V", ShoutAdvice.class);

    assertThatThrownBy(() -> Weaver.weave(instrumentation, classFile(Greeter.class)))
        .isInstanceOf(StandBack.class)
        .hasMessage("there is no greet()V");
  }

  @Test
  void standsBackFromAnInheritedMethod() {
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("hashCode", "()I", FailingAdvice.class);

    assertThatThrownBy(() -> Weaver.weave(instrumentation, classFile(Greeter.class)))
        .isInstanceOf(StandBack.class)
        .hasMessageContaining("hashCode");
  }

  @Test
  void saysWhichClassFileVersionIsTooNew() throws Exception {
    ClassFile classFile = classFile(Greeter.class);
    classFile.bytes()[MAJOR_VERSION] = (byte) 200;
    TypeInstrumentation instrumentation =
        of(Greeter.class).advise("greet", GREET, ShoutAdvice.class);

    assertThatThrownBy(() -> Weaver.weave(instrumentation, classFile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("200");
  }

  @Test
  void refusesWhatIsNoClassFile() {
    ClassFile garbage =
        new ClassFile(null, Greeter.class.getName().replace('.', '/'), null, new byte[] {1, 2, 3});

    assertThatThrownBy(
            () ->
                Weaver.weave(of(Greeter.class).advise("greet", GREET, ShoutAdvice.class), garbage))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void warmsUp() throws Exception {
    WarmUp.run();
  }

  private static TypeInstrumentation of(Class<?> type) {
    return TypeInstrumentation.of(type.getName());
  }

  private static ClassFile classFile(Class<?> type) throws Exception {
    return new ClassFile(
        type.getClassLoader(), type.getName().replace('.', '/'), null, Compiled.bytesOf(type));
  }

  private static Class<?> woven(TypeInstrumentation instrumentation) throws Exception {
    byte[] bytes = Weaver.weave(instrumentation, classFile(Greeter.class));
    return new Compiled.Defining(ClassLoader.getPlatformClassLoader())
        .define(Greeter.class.getName(), bytes);
  }

  private static Object greet(Class<?> greeter, String name) throws Exception {
    try {
      return greeter.getMethod("greet", String.class).invoke(null, name);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Something to weave into; sees nothing but the JDK. */
  public static final class Greeter {
    static int greeted;

    final Greeter self = this;
    final String word = "1";

    /** Has fields that lead somewhere. */
    public Greeter() {}

    public String say(String name) {
      return "hello " + name;
    }

    public static String greet(String name) {
      greeted++;
      return "hello " + name;
    }
  }

  /** Gives what is two fields away in place of the argument. */
  static final class PathAdvice {
    private PathAdvice() {}

    @Advice.OnMethodEnter
    static void enter(
        @FieldPath({"self", "word"}) Object found,
        @Advice.Argument(value = 0, readOnly = false) String name) {
      name = String.valueOf(found);
    }
  }

  /** Has what the agent gives in place of the argument, unless there is no need to ask. */
  static final class HookAdvice {
    private HookAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(value = 0, readOnly = false) String name) {
      if (!name.equals("nobody")) {
        name = (String) hook.apply("module", new Object[] {name, "join", name});
      }
    }
  }

  /** Wants what is not there. */
  static final class LostPathAdvice {
    private LostPathAdvice() {}

    @Advice.OnMethodEnter
    static void enter(
        @FieldPath({"self", "nobody"}) Object found,
        @Advice.Argument(value = 0, readOnly = false) String name) {
      name = String.valueOf(found);
    }
  }

  /** Changes an argument. */
  static final class ShoutAdvice {
    private ShoutAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(value = 0, readOnly = false) String name) {
      name = name.toUpperCase(Locale.ROOT);
    }
  }

  /** Throws. */
  static final class FailingAdvice {
    private FailingAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      throw new IllegalStateException("advice");
    }
  }
}
