/* Native methods of every shape, for org.example.app.NativeShapes. Compiled by the tests. */
#include <jni.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#define SHAPE(result, name) JNIEXPORT result JNICALL Java_org_example_app_NativeShapes_##name

static atomic_int released;
static atomic_int met;

static void nap(jint millis) {
    struct timespec time = {millis / 1000, (millis % 1000) * 1000000L};
    nanosleep(&time, NULL);
}

SHAPE(void, nap)(JNIEnv *env, jclass type, jint millis) { nap(millis); }
SHAPE(jint, napHere)(JNIEnv *env, jobject self, jint millis) { nap(millis); return 1; }
SHAPE(jint, napPrivately)(JNIEnv *env, jobject self, jint millis) { nap(millis); return 2; }
SHAPE(jint, napLocked)(JNIEnv *env, jobject self, jint millis) { nap(millis); return 3; }
SHAPE(jint, napClassLocked)(JNIEnv *env, jclass type, jint millis) { nap(millis); return 4; }
SHAPE(jint, 00024Derived_napHere)(JNIEnv *env, jobject self, jint millis) { nap(millis); return 5; }

SHAPE(jboolean, not)(JNIEnv *env, jclass type, jboolean value) { return !value; }
SHAPE(jbyte, next__B)(JNIEnv *env, jclass type, jbyte value) { return value + 1; }
SHAPE(jshort, next__S)(JNIEnv *env, jclass type, jshort value) { return value + 1; }
SHAPE(jchar, next__C)(JNIEnv *env, jclass type, jchar value) { return value + 1; }
SHAPE(jint, next__I)(JNIEnv *env, jclass type, jint value) { return value + 1; }
SHAPE(jlong, next__J)(JNIEnv *env, jclass type, jlong value) { return value + 1; }
SHAPE(jfloat, next__F)(JNIEnv *env, jclass type, jfloat value) { return value + 1; }
SHAPE(jdouble, next__D)(JNIEnv *env, jclass type, jdouble value) { return value + 1; }
SHAPE(jint, finalNext)(JNIEnv *env, jobject self, jint value) { return value + 1; }
SHAPE(jint, under_1score_000241)(JNIEnv *env, jclass type, jint value) { return value + 1; }

SHAPE(jstring, greet)(JNIEnv *env, jclass type, jstring name) {
    char greeting[64];
    const char *chars;
    if (name == NULL) {
        return NULL;
    }
    chars = (*env)->GetStringUTFChars(env, name, NULL);
    snprintf(greeting, sizeof greeting, "hello %s", chars);
    (*env)->ReleaseStringUTFChars(env, name, chars);
    return (*env)->NewStringUTF(env, greeting);
}

SHAPE(jobject, same)(JNIEnv *env, jclass type, jobject value) { return value; }

SHAPE(jintArray, squares)(JNIEnv *env, jclass type, jint count) {
    jintArray result = (*env)->NewIntArray(env, count);
    for (jint i = 0; i < count; i++) {
        jint square = i * i;
        (*env)->SetIntArrayRegion(env, result, i, 1, &square);
    }
    return result;
}

SHAPE(jobjectArray, nested)(JNIEnv *env, jclass type, jstring value) {
    jclass string = (*env)->FindClass(env, "java/lang/String");
    jclass row = (*env)->FindClass(env, "[Ljava/lang/String;");
    jobjectArray inner = (*env)->NewObjectArray(env, 2, string, value);
    return (*env)->NewObjectArray(env, 3, row, inner);
}

SHAPE(jdouble, mixed)(JNIEnv *env, jclass type, jboolean a, jbyte b, jshort c, jchar d, jint e, jlong f, jfloat g, jdouble h,
                      jobject i, jlong j, jdouble k) {
    return a + b + c + d + e + f + g + h + (i == NULL ? 0 : 1) + j + k;
}

SHAPE(jint, sum)(JNIEnv *env, jclass type, jintArray values) {
    jint sum = 0;
    for (jsize i = 0; i < (*env)->GetArrayLength(env, values); i++) {
        jint value;
        (*env)->GetIntArrayRegion(env, values, i, 1, &value);
        sum += value;
    }
    return sum;
}

SHAPE(void, fail)(JNIEnv *env, jclass type, jstring message) {
    const char *chars = (*env)->GetStringUTFChars(env, message, NULL);
    (*env)->ThrowNew(env, (*env)->FindClass(env, "java/io/IOException"), chars);
    (*env)->ReleaseStringUTFChars(env, message, chars);
}

SHAPE(jint, callUp)(JNIEnv *env, jobject self, jint times) {
    jmethodID up = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, self), "upCall", "(I)I");
    return (*env)->CallIntMethod(env, self, up, times) + 1;
}

SHAPE(void, await)(JNIEnv *env, jclass type) {
    while (!atomic_load(&released)) {
        nap(1);
    }
}

SHAPE(void, release)(JNIEnv *env, jclass type) { atomic_store(&released, 1); }

SHAPE(void, meet)(JNIEnv *env, jclass type, jint calls) {
    atomic_fetch_add(&met, 1);
    while (atomic_load(&met) < calls) {
        nap(1);
    }
}

static void JNICALL registeredNap(JNIEnv *env, jclass type, jint millis) { nap(millis); }
static jint JNICALL registeredNapLocked(JNIEnv *env, jclass type, jint millis) { nap(millis); return 6; }
static jlong JNICALL registeredAdd(JNIEnv *env, jobject self, jlong a, jlong b) { return a + b; }

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    JNINativeMethod methods[] = {
        {"nap", "(I)V", (void *) registeredNap},
        {"napLocked", "(I)I", (void *) registeredNapLocked},
        {"add", "(JJ)J", (void *) registeredAdd},
    };
    JNIEnv *env;
    jclass registered;
    if ((*vm)->GetEnv(vm, (void **) &env, JNI_VERSION_1_8) != JNI_OK) {
        return JNI_ERR;
    }
    registered = (*env)->FindClass(env, "org/example/app/NativeShapes$Registered");
    if (registered == NULL || (*env)->RegisterNatives(env, registered, methods, 3) != JNI_OK) {
        return JNI_ERR;
    }
    return JNI_VERSION_1_8;
}
