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

  /** Of parameters that stand for a field of the woven class. */
  private static final Set<String> FIELD_VALUES = Set.of("/Advice$FieldValue;", "/FieldPath;");

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

  /** One method of the class. */
  static final class Method extends MethodVisitor {
    private final String name;
    private final boolean isStatic;
    private final Set<Label> passed = new HashSet<>();
    private final Set<String> advice = new HashSet<>();
    private final Set<String> types = new HashSet<>();
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
      use(Type.getObjectType(owner));
      useAll(descriptor);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      use(Type.getObjectType(owner));
      use(Type.getType(descriptor));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      use(Type.getObjectType(type));
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type) {
        use((Type) value);
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
}
