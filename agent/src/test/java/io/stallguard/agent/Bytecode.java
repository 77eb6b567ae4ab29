package io.stallguard.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file does that its types do not tell: calls by invokedynamic, loops, annotations.
 */
final class Bytecode extends ClassVisitor {
  private static final String ADVICE = "Lnet/bytebuddy/asm/Advice$";

  /** Of parameters that stand for a field: of the woven class, or the hook. */
  private static final Set<String> FIELD_VALUES =
      Set.of("/Advice$FieldValue;", "/FieldPath;", "/tooling/Hook;");

  private final List<Method> methods = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();
  private final List<String> supertypes = new ArrayList<>();
  private String name = "";

  private Bytecode() {
    super(Opcodes.ASM9);
  }

  static Bytecode of(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bytecode of(byte[] classFile) {
    Bytecode bytecode = new Bytecode();
    new ClassReader(classFile).accept(bytecode, ClassReader.SKIP_DEBUG);
    return bytecode;
  }

  /** The name as {@code java/lang/Object}. */
  String name() {
    return name;
  }

  List<Method> methods() {
    return methods;
  }

  List<String> fields() {
    return fields;
  }

  /** Superclass and interfaces. */
  List<String> supertypes() {
    return supertypes;
  }

  @Override
  public void visit(
      int version, int access, String type, String sign, String superName, String[] interfaces) {
    name = type;
    supertypes.add(superName);
    supertypes.addAll(List.of(interfaces));
  }

  @Override
  public FieldVisitor visitField(int access, String field, String type, String sign, Object value) {
    fields.add(field);
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String sign, String[] exceptions) {
    Method visited = new Method(method + descriptor, (access & Opcodes.ACC_STATIC) != 0);
    visited.useAll(descriptor);
    methods.add(visited);
    return visited;
  }

  @Override
  public String toString() {
    return name;
  }

  /** A method of the class. */
  static final class Method extends MethodVisitor {
    private final String name;
    private final boolean isStatic;
    private final Set<Label> passed = new HashSet<>();
    private final Set<String> advice = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private final Set<String> strings = new HashSet<>();
    private final List<HookCall> hookCalls = new ArrayList<>();
    private final Trace trace = new Trace();
    private int callsWithAnArray;
    private final Map<Integer, Integer> loadsOfFields = new HashMap<>();
    private boolean loops;
    private boolean callsDynamically;
    private String suppressed = "";

    Method(String name, boolean isStatic) {
      super(Opcodes.ASM9);
      this.name = name;
      this.isStatic = isStatic;
    }

    boolean isConstructor() {
      return name.startsWith("<init>");
    }

    boolean isStatic() {
      return isStatic;
    }

    /** Jumps backwards. */
    boolean loops() {
      return loops;
    }

    /** Lambdas, method references, and from Java 9 the concatenation of strings. */
    boolean callsDynamically() {
      return callsDynamically;
    }

    /** Byte Buddy's annotations on the method, by their simple names. */
    Set<String> advice() {
      return advice;
    }

    /** Takes a value of a woven class's field as a parameter, and loads that more than once. */
    boolean readsFieldAgain() {
      return loadsOfFields.values().stream().anyMatch(loads -> loads > 1);
    }

    /** What the advice suppresses, as a descriptor. */
    String suppressed() {
      return suppressed;
    }

    /** The types that the code names, as {@code java/lang/Object}. */
    Set<String> types() {
      return types;
    }

    /** Strings that the code names. */
    Set<String> strings() {
      return strings;
    }

    /** Calls that hand an array with a text in second place to who gets a text first. */
    List<HookCall> hookCalls() {
      return hookCalls;
    }

    /** All calls of a function of two arguments that are given an array made on the spot. */
    int callsWithAnArray() {
      return callsWithAnArray;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (!descriptor.startsWith(ADVICE)) {
        return null;
      }
      advice.add(descriptor.substring(ADVICE.length(), descriptor.length() - 1));
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public void visit(String element, Object value) {
          suppressed = element.equals("suppress") ? value.toString() : suppressed;
        }
      };
    }

    @Override
    public AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      if (FIELD_VALUES.stream().anyMatch(descriptor::endsWith)) {
        loadsOfFields.put(place(parameter), 0);
      }
      return null;
    }

    /** Where a parameter stands among the variables of a static method. */
    private int place(int parameter) {
      Type[] types = Type.getArgumentTypes(name.substring(name.indexOf('(')));
      return Stream.of(types).limit(parameter).mapToInt(Type::getSize).sum();
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      trace.other();
      if (opcode < Opcodes.ISTORE) {
        loadsOfFields.computeIfPresent(variable, (place, loads) -> loads + 1);
      }
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      loops |= passed.contains(label);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String method, String descriptor, Handle bootstrap, Object... arguments) {
      callsDynamically = true;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean isInterface) {
      if (owner.equals("java/util/function/BiFunction") && trace.hasStored()) {
        callsWithAnArray++;
      }
      trace.other();
      use(Type.getObjectType(owner));
      useAll(descriptor);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      trace.other();
      use(Type.getObjectType(owner));
      use(Type.getType(descriptor));
    }

    @Override
    public void visitInsn(int opcode) {
      HookCall call = trace.instruction(opcode);
      if (call != null) {
        hookCalls.add(call);
      }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      use(Type.getObjectType(type));
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type) {
        use(type);
        trace.other();
      } else if (value instanceof String text) {
        strings.add(text);
        trace.text(text);
      }
    }

    private void useAll(String descriptor) {
      use(Type.getReturnType(descriptor));
      for (Type argument : Type.getArgumentTypes(descriptor)) {
        use(argument);
      }
    }

    private void use(Type type) {
      Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (element.getSort() == Type.OBJECT) {
        types.add(element.getInternalName());
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A call of the hook: to which module it goes, and from which join. */
  record HookCall(String module, String join) {}

  /** The last instructions, as far as they put a text into the second place of an array. */
  private static final class Trace {
    private String module = "";
    private String text = "";
    private int last;

    /** Something is loaded that is no text. */
    void other() {
      last = Opcodes.NOP;
    }

    void text(String loaded) {
      boolean second = last == Opcodes.ICONST_1;
      module = second ? module : loaded;
      text = loaded;
      last = second ? Opcodes.LDC : Opcodes.NOP;
    }

    @Nullable HookCall instruction(int opcode) {
      boolean named = last == Opcodes.LDC && opcode == Opcodes.AASTORE;
      last = opcode;
      return named ? new HookCall(module, text) : null;
    }

    boolean hasStored() {
      return last == Opcodes.AASTORE;
    }
  }
}
